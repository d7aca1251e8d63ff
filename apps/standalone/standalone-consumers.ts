import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { Logger } from 'pino';
import { Configuration } from '#platform/configuration.js';
import { LOGGER } from '#platform/logging.js';
import { Health } from '#platform/process/health.js';
import { Metrics } from '#platform/process/metrics.js';
import { OK, unavailable } from '#platform/process/part-health.js';
import { countProjected } from '#platform/process/consumer-metrics.js';
import { startProjectorInThread, type ProjectorInThread } from './projector-in-thread.js';

/** Runs the projections in a separate thread. */
@Injectable()
export class StandaloneConsumers implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #projected: (projection: string, events: number) => void;
  #projector: ProjectorInThread | undefined;

  constructor(
    private readonly configuration: Configuration,
    @Inject(LOGGER) private readonly logger: Logger,
    metrics: Metrics,
    health: Health,
  ) {
    this.#projected = countProjected(metrics);
    health.addCheck(() => {
      const failure = this.#projector?.failure ?? null;
      return { projector: failure === null ? OK : unavailable(failure) };
    });
  }

  onApplicationBootstrap(): void {
    this.#projector = startProjectorInThread(this.configuration, this.logger, this.#projected);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#projector?.stop();
  }
}
