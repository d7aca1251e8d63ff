import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { Logger } from 'pino';
import type { Consumer } from '#consuming/consumer.js';
import { ConsumerRuntime } from '#consuming/consumer-runtime.js';
import { LogReader } from '#consuming/log-reader.js';
import { Configuration } from '#platform/configuration.js';
import { LOGGER } from '#platform/logging.js';
import { ConsumerStates } from '#platform/process/consumer-states.js';
import { Health } from '#platform/process/health.js';
import { policyHealth } from '#platform/process/part-health.js';

export const POLICIES = Symbol('the policies');

/** Runs the policies for which this process holds the lease, until its last request is done. */
@Injectable()
export class PolicyConsumers implements OnApplicationBootstrap, OnApplicationShutdown {
  #runtime: ConsumerRuntime | undefined;

  constructor(
    private readonly reader: LogReader,
    @Inject(POLICIES) private readonly policies: readonly Consumer[],
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly configuration: Configuration,
    states: ConsumerStates,
    health: Health,
  ) {
    health.addCheck(() => policyHealth(reader.log, states));
  }

  onApplicationBootstrap(): void {
    const { reader, logger } = this;
    // The lock of the data folder keeps other processes from writing to an embedded log.
    const isAlone = this.configuration.eventStoreUrl === null;
    this.#runtime = new ConsumerRuntime({ reader, logger, isAlone }, this.policies);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#runtime?.stop();
  }
}
