import { Module } from '@nestjs/common';
import { reportConsumerStates } from '#platform/process/consumer-metrics.js';
import { ConsumerStates } from '#platform/process/consumer-states.js';
import { ConsumersModule } from '#platform/process/consumers.module.js';
import { Metrics } from '#platform/process/metrics.js';
import { StoresModule } from '#platform/stores.module.js';
import { WorkerConsumers } from './worker-consumers.js';

/** The process that runs the projections. Over HTTP it serves only health and metrics. */
@Module({
  imports: [StoresModule.forReading(), ConsumersModule],
  providers: [WorkerConsumers],
})
export class WorkerModule {
  constructor(metrics: Metrics, states: ConsumerStates) {
    reportConsumerStates(metrics, 'projection', () => states.ofProjections());
  }
}
