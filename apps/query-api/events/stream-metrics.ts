import { Gauge } from 'prom-client';
import type { Metrics } from '#platform/process/metrics.js';
import type { OpenStreams } from './open-streams.js';

/** Reports the number of open event streams. */
export function reportOpenStreams({ registry }: Metrics, streams: OpenStreams): void {
  new Gauge({
    name: 'tickets_open_event_streams',
    help: 'Open streams of GET /api/v1/events',
    registers: [registry],
    collect() {
      this.set(streams.count);
    },
  });
}
