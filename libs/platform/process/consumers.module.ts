import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Consumer } from '#consuming/consumer.js';
import { verifyConsumers } from '#consuming/verify-consumers.js';
import { EventReader, StoreUnavailable } from '#event-store/event-store.js';
import { policyStates } from '#policies/all.js';
import { projections } from '#projections/all.js';
import { ViewStore, ViewStoreUnavailable } from '#view-stores/view-store.js';
import { Configuration } from '../configuration.js';
import { LOGGER } from '../logging.js';
import { POLICY_STORE } from '../stores.module.js';
import { Metrics } from './metrics.js';
import { reportConsumerStates } from './consumer-metrics.js';
import { ConsumerStates } from './consumer-states.js';

/**
 * Knows the state of every durable consumer, wherever it runs. Before the process listens, it
 * compares their checkpoints with the log, so that no query is answered from another history.
 */
@Module({ providers: [ConsumerStates], exports: [ConsumerStates] })
export class ConsumersModule implements OnModuleInit {
  readonly #consumers: readonly Consumer[];

  constructor(
    metrics: Metrics,
    states: ConsumerStates,
    views: ViewStore,
    @Inject(POLICY_STORE) policies: ViewStore,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly log: EventReader,
    private readonly configuration: Configuration,
  ) {
    reportConsumerStates(metrics, 'policy', () => states.ofPolicies());
    this.#consumers = [
      ...projections.map((projection) => ({ projection, store: views })),
      ...policyStates.map((projection) => ({ projection, store: policies })),
    ];
  }

  async onModuleInit(): Promise<void> {
    try {
      await verifyConsumers(this.log, this.#consumers);
      if (!this.configuration.rebuildAtStart) return;
      for (const { projection, store } of this.#consumers) await store.requestRebuild(projection);
    } catch (error) {
      const isAway = error instanceof ViewStoreUnavailable || error instanceof StoreUnavailable;
      if (!isAway) throw error;
      // Queries answer 503 until the store is back; the runtime compares again then.
      this.logger.warn({ err: error }, 'checkpoints not compared');
    }
  }
}
