import { Gauge } from 'prom-client';
import type { Metrics } from '#platform/process/metrics.js';
import type { OpenStreams } from './open-streams.js';

/** Tells how many streams of events are open at the scrape. */
export function tellOpenStreams({ registry }: Metrics, streams: OpenStreams): void {
  new Gauge({
    name: 'tickets_open_event_streams',
    help: 'Streams of GET /api/v1/events that are open',
    registers: [registry],
    collect() {
      this.set(streams.count);
    },
  });
}
