import type { Logger } from 'pino';
import type { Configuration } from '#platform/configuration.js';
import { RealSystem } from '#platform/system.js';
import { projectionTraces } from '#platform/telemetry/projection-traces.js';
import type { Tracer } from '#platform/telemetry/tracer.js';
import { applicationForProbes, listen } from '#platform/process/application.js';
import { Metrics } from '#platform/process/metrics.js';
import { openForReading } from '#platform/process/open-stores.js';
import type { PartHealth } from '#platform/process/health.js';
import { logAndProjections, OK, projectionHealth } from '#platform/process/parts.js';
import {
  countProjected,
  tellActive,
  tellProjections,
} from '#platform/process/projection-metrics.js';
import { ProjectionStates, type ProjectionState } from '#platform/process/projection-states.js';
import type { RunningService } from '#platform/process/run.js';
import { ConsumerRuntime } from '#consuming/consumer-runtime.js';
import { projections } from '#projections/all.js';

/**
 * How a projection is, and whether it is projected here. A new version is not ready before its copies
 * are made: so whoever replaces processes one by one keeps the old ones until then.
 */
function healthHere({ active }: ConsumerRuntime, state: ProjectionState): PartHealth {
  const { state: how, detail } = projectionHealth(state);
  const here = active.has(state.name) ? 'projected here' : 'stands by';
  return { state: how, detail: detail === OK.detail ? here : `${here}; ${detail}` };
}

/** Projections alone; over HTTP only health and metrics are told. */
export async function startWorker(
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
  const count = countProjected(metrics);
  const projector = new ConsumerRuntime(
    { log, logger },
    projections.map((projection) => ({ projection, store })),
    {
      consumed: ({ consumer, events }) => {
        count(consumer, events);
      },
      ...(tracer === null ? {} : projectionTraces(tracer)),
    },
  );
  tellActive(metrics, projector);
  const health = () => logAndProjections(log, states, (state) => healthHere(projector, state));
  const app = await applicationForProbes({
    configuration,
    logger,
    tracer,
    system,
    metrics,
    health,
  });
  const url = await listen(app, configuration);
  return {
    url,
    stop: async () => {
      await projector.stop();
      await app.close();
      await stores.close();
    },
  };
}
