import { Module } from '@nestjs/common';
import { ProjectionsModule } from '#platform/process/projections.module.js';
import { StoresModule } from '#platform/stores.module.js';
import { WorkerConsumers } from './worker-consumers.js';

/** The process that runs the projections. Over HTTP it serves only health and metrics. */
@Module({
  imports: [StoresModule.forReading(), ProjectionsModule],
  providers: [WorkerConsumers],
})
export class WorkerModule {}
