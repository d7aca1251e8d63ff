import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { EventStore } from '#event-store/event-store.js';
import { ConsumersModule } from '#platform/process/consumers.module.js';
import { Configuration } from '#platform/configuration.js';
import { checkOfDisk } from '#platform/process/disk-health.js';
import { Health } from '#platform/process/health.js';
import { logHealth, writerHealth } from '#platform/process/part-health.js';
import { StoresModule } from '#platform/stores.module.js';
import { CommandsModule } from './commands.module.js';
import { PolicyConsumers } from './policy-consumers.js';

/** The process that accepts commands. The policies run here because they give commands. */
@Module({
  imports: [CqrsModule, StoresModule.forWriting(), CommandsModule, ConsumersModule],
  providers: [PolicyConsumers],
})
export class CommandApiModule {
  constructor(health: Health, configuration: Configuration, log: EventStore) {
    health.addCheck(checkOfDisk(configuration, true));
    health.addCheck(async () => ({ log: await logHealth(log), writer: await writerHealth(log) }));
  }
}
