import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { verifyConsumers } from '#consuming/verify-consumers.js';
import { EventReader, StoreUnavailable } from '#event-store/event-store.js';
import { ViewStoreUnavailable } from '#view-stores/view-store.js';
import { Configuration } from '../configuration.js';
import { LOGGER } from '../logging.js';
import { Metrics } from './metrics.js';
import { reportConsumerStates } from './consumer-metrics.js';
import { ConsumerStates } from './consumer-states.js';
import { DamagedHistories } from './damaged-histories.js';
import { DurableConsumers } from './durable-consumers.js';

/**
 * Provides the state of every durable consumer, in any process. Before the process listens, it
 * compares their checkpoints with the log, so that no query is answered from another history.
 */
@Module({
  providers: [DurableConsumers, ConsumerStates, DamagedHistories],
  exports: [DurableConsumers, ConsumerStates, DamagedHistories],
})
export class ConsumersModule implements OnModuleInit {
  constructor(
    metrics: Metrics,
    states: ConsumerStates,
    private readonly consumers: DurableConsumers,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly log: EventReader,
    private readonly configuration: Configuration,
  ) {
    reportConsumerStates(metrics, 'policy', () => states.ofPolicies());
  }

  async onModuleInit(): Promise<void> {
    try {
      await verifyConsumers(this.log, this.consumers.all);
      if (!this.configuration.rebuildAtStart) return;
      for (const { projection, store } of this.consumers.all)
        await store.requestRebuild(projection);
    } catch (error) {
      const isAway = error instanceof ViewStoreUnavailable || error instanceof StoreUnavailable;
      if (!isAway) throw error;
      // Queries answer 503 until the store is back; the runtime compares again then.
      this.logger.warn({ err: error }, 'checkpoints not compared');
    }
  }
}
