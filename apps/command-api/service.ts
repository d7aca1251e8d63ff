import { CommandBus } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import type { Configuration } from '#platform/configuration.js';
import { LeaseKeeper } from '#consuming/lease-keeper.js';
import { RealSystem } from '#platform/system.js';
import type { Tracer } from '#platform/telemetry/tracer.js';
import { applicationWith, listen, telemetryOf } from '#platform/process/application.js';
import { Metrics } from '#platform/process/metrics.js';
import { openForWriting } from '#platform/process/open-stores.js';
import { logHealth } from '#platform/process/parts.js';
import type { RunningService } from '#platform/process/run.js';
import { Views } from '#projections/views.js';
import { CommandApiModule } from './command-api.module.js';
import { commandProviders } from './providers.js';
import { dispatchWith } from './tickets/dispatch.js';
import { DispatchPolicy } from '#policies/dispatch-policy.js';

/** What the lease of the policy is called: of several such processes one runs it. */
const DISPATCHING = { name: 'dispatch-policy', version: 1 };

/**
 * Commands alone. The policy that gives commands by itself runs here as well, for it needs what the
 * other processes need not have: the log to write to.
 */
export async function startCommandApi(
  configuration: Configuration,
  logger: Logger,
  tracer: Tracer | null = null,
): Promise<RunningService> {
  const stores = await openForWriting(configuration, logger);
  const { log, snapshots, store } = stores;
  const system = new RealSystem();
  const health = async () => ({ log: await logHealth(log) });
  const process = { configuration, logger, tracer, system, metrics: new Metrics() };
  const app = await applicationWith(
    { ...process, health },
    [CommandApiModule],
    commandProviders(configuration, log, snapshots, system, telemetryOf(process)),
  );
  const url = await listen(app, configuration);
  // The command bus has its handlers only now.
  const dispatch = dispatchWith(app.get(CommandBus));
  const policy = new DispatchPolicy(log, new Views(store), dispatch, logger);
  const stop = new AbortController();
  const dispatching = new LeaseKeeper(store.leases).during(
    DISPATCHING,
    stop.signal,
    (_lease, signal) => policy.run(signal),
  );
  return {
    url,
    stop: async () => {
      await app.close();
      stop.abort();
      await dispatching;
      await stores.close();
    },
  };
}
