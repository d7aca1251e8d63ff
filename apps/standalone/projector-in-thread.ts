import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { Configuration } from '#platform/configuration.js';
import type { FromProjector, ProjectorSettings } from '../worker/projector-thread.js';

export interface ProjectorInThread {
  /** Why the projector thread stopped; null while it runs. */
  readonly failure: string | null;
  stop(): Promise<void>;
}

/** Runs the projector in a thread. */
export function startProjectorInThread(
  { dataFolder, eventStoreUrl, mongodbUrl, logLevel }: Configuration,
  logger: Logger,
  projected: (projection: string, events: number) => void,
): ProjectorInThread {
  const thread = new Worker(new URL('../worker/projector-thread.js', import.meta.url), {
    workerData: { dataFolder, eventStoreUrl, mongodbUrl, logLevel } satisfies ProjectorSettings,
    // The thread holds one page at a time; without a limit V8 would accumulate garbage.
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
  let failure: string | null = null;
  thread.on('message', (counts: FromProjector) => {
    for (const [projection, events] of Object.entries(counts)) projected(projection, events);
  });
  thread.on('error', (error) => {
    logger.fatal({ err: error }, 'projector stopped');
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
