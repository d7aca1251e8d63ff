import { Module } from '@nestjs/common';
import { reportConsumerStates } from '#platform/process/consumer-metrics.js';
import { ConsumerStates } from '#platform/process/consumer-states.js';
import { ConsumersModule } from '#platform/process/consumers.module.js';
import { Configuration } from '#platform/configuration.js';
import { checkOfDisk } from '#platform/process/disk-health.js';
import { Health } from '#platform/process/health.js';
import { Metrics } from '#platform/process/metrics.js';
import { StoresModule } from '#platform/stores.module.js';
import { WorkerConsumers } from './worker-consumers.js';

/** The process that runs the projections. Over HTTP it serves only health and metrics. */
@Module({
  imports: [StoresModule.forReading(), ConsumersModule],
  providers: [WorkerConsumers],
})
export class WorkerModule {
  constructor(
    metrics: Metrics,
    states: ConsumerStates,
    health: Health,
    configuration: Configuration,
  ) {
    health.addCheck(checkOfDisk(configuration, false));
    reportConsumerStates(metrics, 'projection', () => states.ofProjections());
  }
}
