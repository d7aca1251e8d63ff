import { Worker } from 'node:worker_threads';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import { Configuration } from '#platform/configuration.js';
import { LOGGER } from '#platform/logging.js';
import { countProjected } from '#platform/process/consumer-metrics.js';
import { Health } from '#platform/process/health.js';
import { Metrics } from '#platform/process/metrics.js';
import { OK, unavailable } from '#platform/process/part-health.js';
import type { Dispatch } from '#policies/dispatch-policy.js';
import { dispatchWith } from '../command-api/tickets/dispatch-with.js';
import type {
  DispatchRequest,
  FromConsumers,
  ThreadSettings,
  ToConsumers,
} from './thread-messages.js';

/** Runs the projections and policies in a separate thread. */
@Injectable()
export class StandaloneConsumers implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #projected: (projection: string, events: number) => void;
  readonly #dispatch: Dispatch;
  #thread: Worker | undefined;
  #exited: Promise<unknown> = Promise.resolve();
  /** Why the thread stopped; null while it runs. */
  #failure: string | null = null;

  constructor(
    private readonly configuration: Configuration,
    @Inject(LOGGER) private readonly logger: Logger,
    commands: CommandBus,
    metrics: Metrics,
    health: Health,
  ) {
    this.#projected = countProjected(metrics);
    this.#dispatch = dispatchWith(commands);
    health.addCheck(() => ({
      consumers: this.#failure === null ? OK : unavailable(this.#failure),
    }));
  }

  onApplicationBootstrap(): void {
    const { dataFolder, eventStoreUrl, mongodbUrl, logLevel, logCheck } = this.configuration;
    const stores = { dataFolder, eventStoreUrl, mongodbUrl };
    this.#thread = new Worker(new URL('./consumers-thread.js', import.meta.url), {
      workerData: { ...stores, logLevel, logCheck } satisfies ThreadSettings,
      // The thread holds one page at a time; without a limit V8 would accumulate garbage.
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    });
    this.#exited = new Promise((resolve) => this.#thread?.once('exit', resolve));
    this.#thread.on('message', (message: FromConsumers) => {
      if ('dispatch' in message) void this.#give(message.dispatch);
      else for (const counted of Object.entries(message.projected)) this.#projected(...counted);
    });
    this.#thread.on('error', (error) => {
      this.logger.fatal({ err: error }, 'consumers stopped');
      this.#failure = `${error.message} Start the service again.`;
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.#send('stop');
    await this.#exited;
  }

  async #give({ number, ticketId, cause }: DispatchRequest): Promise<void> {
    const error = await this.#dispatch(ticketId, cause).then(
      () => null,
      (failure: unknown) => failure as Error,
    );
    this.#send({ dispatched: number, error });
  }

  #send(message: ToConsumers): void {
    this.#thread?.postMessage(message);
  }
}
