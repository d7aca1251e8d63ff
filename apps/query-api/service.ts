import type { Logger } from 'pino';
import type { Configuration } from '#platform/configuration.js';
import { RealSystem } from '#platform/system.js';
import type { Tracer } from '#platform/telemetry/tracer.js';
import { applicationWith, listen } from '#platform/process/application.js';
import { Metrics } from '#platform/process/metrics.js';
import { openForReading } from '#platform/process/open-stores.js';
import { logAndProjections, OK } from '#platform/process/parts.js';
import { tellProjections } from '#platform/process/projection-metrics.js';
import { ProjectionStates } from '#platform/process/projection-states.js';
import type { RunningService } from '#platform/process/run.js';
import { OpenStreams } from './events/open-streams.js';
import { tellOpenStreams } from './events/stream-metrics.js';
import { queryProviders } from './providers.js';
import { QueryApiModule } from './query-api.module.js';

/** Queries alone: it writes neither to the log nor to documents. */
export async function startQueryApi(
  configuration: Configuration,
  logger: Logger,
  tracer: Tracer | null = null,
): Promise<RunningService> {
  const stores = await openForReading(configuration);
  const { log, store } = stores;
  const system = new RealSystem();
  const states = new ProjectionStates(store, log, system);
  const metrics = new Metrics();
  tellProjections(metrics, states);
  const health = async () => {
    const { log: logPart = OK, ...others } = await logAndProjections(log, states);
    // Lists and tickets are answered without the log, as they were last projected.
    const degraded = { state: 'degraded', detail: logPart.detail } as const;
    return { log: logPart.state === 'ok' ? OK : degraded, ...others };
  };
  const app = await applicationWith(
    { configuration, logger, tracer, system, metrics, health },
    [QueryApiModule],
    queryProviders(log, store, states),
  );
  tellOpenStreams(metrics, app.get(OpenStreams));
  return {
    url: await listen(app, configuration),
    stop: async () => {
      await app.close();
      await stores.close();
    },
  };
}
