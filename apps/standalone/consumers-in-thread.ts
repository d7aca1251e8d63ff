import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { Configuration } from '#platform/configuration.js';
import type { Dispatch } from '#policies/dispatch-policy.js';
import type {
  DispatchRequest,
  FromConsumers,
  ThreadSettings,
  ToConsumers,
} from './thread-messages.js';

export interface ConsumersInThread {
  /** Why the thread stopped; null while it runs. */
  readonly failure: string | null;
  stop(): Promise<void>;
}

/** The consumers' effects outside of their thread. */
export interface ConsumerEffects {
  readonly projected: (projection: string, events: number) => void;
  readonly dispatch: Dispatch;
}

/** Runs the consumers in a thread. */
export function startConsumersInThread(
  { dataFolder, eventStoreUrl, mongodbUrl, logLevel }: Configuration,
  logger: Logger,
  { projected, dispatch }: ConsumerEffects,
): ConsumersInThread {
  const thread = new Worker(new URL('./consumers-thread.js', import.meta.url), {
    workerData: { dataFolder, eventStoreUrl, mongodbUrl, logLevel } satisfies ThreadSettings,
    // The thread holds one page at a time; without a limit V8 would accumulate garbage.
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
  const send = (message: ToConsumers) => {
    thread.postMessage(message);
  };
  const give = async ({ number, ticketId, cause }: DispatchRequest) => {
    const error = await dispatch(ticketId, cause).then(
      () => null,
      (failure: unknown) => failure as Error,
    );
    send({ dispatched: number, error });
  };
  let failure: string | null = null;
  thread.on('message', (message: FromConsumers) => {
    if ('dispatch' in message) void give(message.dispatch);
    else for (const [name, events] of Object.entries(message.projected)) projected(name, events);
  });
  thread.on('error', (error) => {
    logger.fatal({ err: error }, 'consumers stopped');
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
      send('stop');
      return exited;
    },
  };
}
