import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import { ConsumerRuntime } from '#consuming/consumer-runtime.js';
import { LogReader } from '#consuming/log-reader.js';
import { Configuration } from '#platform/configuration.js';
import { LOGGER } from '#platform/logging.js';
import { ConsumerStates } from '#platform/process/consumer-states.js';
import { Health } from '#platform/process/health.js';
import { policyHealth } from '#platform/process/part-health.js';
import { POLICY_STORE } from '#platform/stores.module.js';
import { dispatchPolicy } from '#policies/dispatch-policy.js';
import type { ViewStore } from '#view-stores/view-store.js';
import { dispatchWith } from './tickets/dispatch-with.js';

/**
 * Runs the policies for which this process holds the lease, until its last request is done. They give
 * commands, so they run in a process that writes to the log.
 */
@Injectable()
export class PolicyConsumers implements OnApplicationBootstrap, OnApplicationShutdown {
  #runtime: ConsumerRuntime | undefined;

  constructor(
    private readonly reader: LogReader,
    @Inject(POLICY_STORE) private readonly store: ViewStore,
    private readonly commands: CommandBus,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly configuration: Configuration,
    states: ConsumerStates,
    health: Health,
  ) {
    health.addCheck(() => policyHealth(states));
  }

  onApplicationBootstrap(): void {
    const { reader, logger } = this;
    // The lock of the data folder keeps other processes from writing to an embedded log.
    const isAlone = this.configuration.eventStoreUrl === null;
    const policies = [dispatchPolicy(this.store, dispatchWith(this.commands))];
    this.#runtime = new ConsumerRuntime({ reader, logger, isAlone }, policies);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#runtime?.stop();
  }
}
