import type { Logger } from 'pino';
import type { Configuration } from '#platform/configuration.js';
import { openEventReader, openReadModels } from '#platform/stores.js';
import { RealSystem } from '#platform/system.js';
import { projectionTraces } from '#platform/telemetry/projection-traces.js';
import type { Tracer } from '#platform/telemetry/tracer.js';
import { applicationForProbes, listen } from '../process/application.js';
import { Metrics } from '../process/metrics.js';
import { logAndProjections } from '../process/parts.js';
import { countProjected, tellProjections } from '../process/projection-metrics.js';
import { ProjectionStates } from '../process/projection-states.js';
import type { RunningService } from '../process/run.js';
import { Projector } from './projector.js';

/** Projections alone; over HTTP only health and metrics are told. */
export async function startProjector(
  configuration: Configuration,
  logger: Logger,
  tracer: Tracer | null = null,
): Promise<RunningService> {
  const log = await openEventReader(configuration);
  const store = await openReadModels(configuration);
  const system = new RealSystem();
  const states = new ProjectionStates(store, log, system);
  const metrics = new Metrics();
  tellProjections(metrics, states);
  const health = () => logAndProjections(log, states);
  const app = await applicationForProbes({
    configuration,
    logger,
    tracer,
    system,
    metrics,
    health,
  });
  const url = await listen(app, configuration);
  const projector = new Projector(log, store, logger, {
    projected: countProjected(metrics),
    ...(tracer === null ? {} : projectionTraces(tracer)),
  });
  return {
    url,
    stop: async () => {
      await projector.stop();
      await app.close();
      await store.close();
      await log.close();
    },
  };
}
