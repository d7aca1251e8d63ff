import { Worker } from 'node:worker_threads';
import { CommandBus } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import { TokenVerifier } from '#platform/authentication/token-verifier.js';
import type { Configuration } from '#platform/configuration.js';
import { createApplication } from '#platform/http/create-application.js';
import { ProblemReporter } from '#platform/problems/problem-reporter.js';
import { openEventStore, openReadModels, openSnapshots } from '#platform/stores.js';
import { RealSystem, System } from '#platform/system.js';
import { EVENT_LOG, READ_MODEL_STORE } from '#platform/tokens.js';
import { Aggregates } from '../command-api/aggregates.js';
import { CommandRules } from '../command-api/command-rules.js';
import { dispatchWith } from '../command-api/tickets/dispatch.js';
import { DispatchPolicy } from '../projector/dispatch-policy.js';
import type { FromProjector, ProjectorSettings } from '../projector/projector-thread.js';
import { ProjectionStates } from '../query-api/admin/projection-states.js';
import { Freshness } from '../query-api/freshness.js';
import { ReadModels } from '../query-api/read-models.js';
import { Health } from './health.js';
import { Metrics } from './metrics.js';
import { StandaloneHealth } from './standalone-health.js';
import { StandaloneModule } from './standalone.module.js';

/** Everything in one process: the APIs in this thread, the log's writer and the projector in theirs. */
export interface RunningService {
  /** Where it listens, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Finishes what is under way, then lets go of everything. */
  stop(): Promise<void>;
}

/** Starts the service. Whatever is wrong with a setting or a data file is thrown, in words. */
export async function startService(
  configuration: Configuration,
  logger: Logger,
): Promise<RunningService> {
  const log = await openEventStore(configuration, (message) => {
    logger.info(message);
  });
  const snapshots = openSnapshots(configuration);
  const store = await openReadModels(configuration);
  const verifier = await TokenVerifier.create(configuration);
  const readModels = new ReadModels(store);
  const system = new RealSystem();
  const reporter = new ProblemReporter(logger);
  const app = await createApplication(
    StandaloneModule.with([
      { provide: System, useValue: system },
      { provide: EVENT_LOG, useValue: log },
      { provide: Aggregates, useValue: new Aggregates(log, snapshots, () => system.random()) },
      { provide: CommandRules, useValue: new CommandRules(configuration.confirmationMinutes) },
      { provide: ProblemReporter, useValue: reporter },
      { provide: ReadModels, useValue: readModels },
      { provide: Freshness, useValue: new Freshness(() => log.headPosition()) },
      { provide: READ_MODEL_STORE, useValue: store },
      ProjectionStates,
      Metrics,
      {
        provide: Health,
        useFactory: (states: ProjectionStates) =>
          new StandaloneHealth(log, states, () => projector.failure),
        inject: [ProjectionStates],
      },
    ]),
    verifier,
    reporter,
    logger,
  );
  const metrics = app.get(Metrics);
  const projector = startProjector(configuration, logger, (projection, events) => {
    metrics.projected(projection, events);
  });
  await app.listen({ host: configuration.host, port: configuration.port });
  // The command bus has its handlers only now.
  const dispatch = dispatchWith(app.get(CommandBus));
  const policy = new DispatchPolicy(log, readModels, dispatch, logger);
  return {
    url: await app.getUrl(),
    stop: async () => {
      await app.close();
      await policy.stop();
      await projector.stop();
      await store.close();
      snapshots.close();
      await log.close();
    },
  };
}

interface RunningProjector {
  /** Why the projector as a whole has stopped; null while it runs. */
  readonly failure: string | null;
  stop(): Promise<void>;
}

/** Runs the projector in a thread. */
function startProjector(
  { dataFolder, eventStoreUrl, mongodbUrl, logLevel }: Configuration,
  logger: Logger,
  projected: (projection: string, events: number) => void,
): RunningProjector {
  const thread = new Worker(new URL('../projector/projector-thread.js', import.meta.url), {
    workerData: { dataFolder, eventStoreUrl, mongodbUrl, logLevel } satisfies ProjectorSettings,
    // A batch at a time is all it keeps: without a limit it would let garbage lie.
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
  let failure: string | null = null;
  thread.on('message', (counts: FromProjector) => {
    for (const [projection, events] of Object.entries(counts)) projected(projection, events);
  });
  thread.on('error', (error) => {
    logger.fatal({ err: error }, 'the projector has stopped');
    failure = `${error.message} Start the service again.`;
  });
  const exited = new Promise<void>((resolve) => {
    thread.once('exit', () => {
      resolve();
    });
  });
  return {
    get failure() {
      return failure;
    },
    stop: () => {
      thread.postMessage('stop');
      return exited;
    },
  };
}
