import { CommandBus } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import type { Configuration } from '#platform/configuration.js';
import { RealSystem } from '#platform/system.js';
import type { Tracer } from '#platform/telemetry/tracer.js';
import { CommandApiModule } from '../command-api/command-api.module.js';
import { commandProviders } from '../command-api/providers.js';
import { dispatchWith } from '../command-api/tickets/dispatch.js';
import { DispatchPolicy } from '#policies/dispatch-policy.js';
import { applicationWith, listen, telemetryOf } from '#platform/process/application.js';
import { Metrics } from '#platform/process/metrics.js';
import { openForWriting } from '#platform/process/open-stores.js';
import { logAndProjections, OK, unavailable } from '#platform/process/parts.js';
import { countProjected, tellProjections } from '#platform/process/projection-metrics.js';
import { ProjectionStates } from '#platform/process/projection-states.js';
import type { RunningService } from '#platform/process/run.js';
import { OpenStreams } from '../query-api/events/open-streams.js';
import { tellOpenStreams } from '../query-api/events/stream-metrics.js';
import { queryProviders } from '../query-api/providers.js';
import { QueryApiModule } from '../query-api/query-api.module.js';
import { Views } from '#projections/views.js';
import { startProjectorInThread } from './projector-in-thread.js';

/**
 * Everything in one process: the APIs in this thread, the log's writer and the projector in theirs.
 * Whatever is wrong with a setting or a data file is thrown, in words.
 */
export async function startStandalone(
  configuration: Configuration,
  logger: Logger,
  tracer: Tracer | null = null,
): Promise<RunningService> {
  const stores = await openForWriting(configuration, logger);
  const { log, snapshots, store } = stores;
  const system = new RealSystem();
  const states = new ProjectionStates(store, log, system);
  const metrics = new Metrics();
  tellProjections(metrics, states);
  const health = async () => {
    const { log: logPart = OK, ...others } = await logAndProjections(log, states);
    const projectorPart = projector.failure === null ? OK : unavailable(projector.failure);
    return { log: logPart, projector: projectorPart, ...others };
  };
  const process = { configuration, logger, tracer, system, metrics };
  const app = await applicationWith(
    { ...process, health },
    [CommandApiModule, QueryApiModule],
    [
      ...commandProviders(configuration, log, snapshots, system, telemetryOf(process)),
      ...queryProviders(log, store, states),
    ],
  );
  tellOpenStreams(metrics, app.get(OpenStreams));
  const projector = startProjectorInThread(configuration, logger, countProjected(metrics));
  const url = await listen(app, configuration);
  // The command bus has its handlers only now.
  const dispatch = dispatchWith(app.get(CommandBus));
  const stop = new AbortController();
  const dispatching = new DispatchPolicy(log, new Views(store), dispatch, logger).run(stop.signal);
  return {
    url,
    stop: async () => {
      await app.close();
      stop.abort();
      await dispatching;
      await projector.stop();
      await stores.close();
    },
  };
}
