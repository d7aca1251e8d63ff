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
import { Health } from '#platform/process/health.js';
import { Metrics } from '#platform/process/metrics.js';
import { OK, unavailable } from '#platform/process/part-health.js';
import { countProjected } from '#platform/process/consumer-metrics.js';
import { dispatchWith } from '../command-api/tickets/dispatch-with.js';
import {
  startConsumersInThread,
  type ConsumerEffects,
  type ConsumersInThread,
} from './consumers-in-thread.js';

/** Runs the projections and policies in a separate thread. */
@Injectable()
export class StandaloneConsumers implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #effects: ConsumerEffects;
  #consumers: ConsumersInThread | undefined;

  constructor(
    private readonly configuration: Configuration,
    @Inject(LOGGER) private readonly logger: Logger,
    commands: CommandBus,
    metrics: Metrics,
    health: Health,
  ) {
    this.#effects = { projected: countProjected(metrics), dispatch: dispatchWith(commands) };
    health.addCheck(() => {
      const failure = this.#consumers?.failure ?? null;
      return { consumers: failure === null ? OK : unavailable(failure) };
    });
  }

  onApplicationBootstrap(): void {
    this.#consumers = startConsumersInThread(this.configuration, this.logger, this.#effects);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#consumers?.stop();
  }
}
