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
import { countProjected } from '#platform/process/projection-metrics.js';
import { DispatchPolicy } from '#policies/dispatch-policy.js';
import { startProjectorInThread, type ProjectorInThread } from './projector-in-thread.js';

/** Runs the consumers: the projector in a thread of its own, the dispatch policy in this one. */
@Injectable()
export class StandaloneConsumers implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #stopped = new AbortController();
  readonly #projected: (projection: string, events: number) => void;
  #projector: ProjectorInThread | undefined;
  #dispatching: Promise<void> | undefined;

  constructor(
    private readonly configuration: Configuration,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly policy: DispatchPolicy,
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
    this.#dispatching = this.policy.run(this.#stopped.signal);
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stopped.abort();
    await this.#dispatching;
    await this.#projector?.stop();
  }
}
