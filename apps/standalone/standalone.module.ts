import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { EventStore } from '#event-store/event-store.js';
import { Configuration } from '#platform/configuration.js';
import { checkOfDisk } from '#platform/process/disk-health.js';
import { Health } from '#platform/process/health.js';
import { logAndConsumers, policyHealth, writerHealth } from '#platform/process/part-health.js';
import { ConsumerStates } from '#platform/process/consumer-states.js';
import { StoresModule } from '#platform/stores.module.js';
import { CommandsModule } from '../command-api/commands.module.js';
import { QueriesModule } from '../query-api/queries.module.js';
import { StandaloneConsumers } from './standalone-consumers.js';

/** Everything in one process: commands, queries and consumers. */
@Module({
  imports: [CqrsModule, StoresModule.forWriting(), CommandsModule, QueriesModule],
  providers: [StandaloneConsumers],
})
export class StandaloneModule {
  constructor(
    health: Health,
    configuration: Configuration,
    log: EventStore,
    states: ConsumerStates,
  ) {
    health.addCheck(checkOfDisk(configuration, true));
    health.addCheck(() => logAndConsumers(states));
    health.addCheck(async () => ({ writer: await writerHealth(log) }));
    health.addCheck(() => policyHealth(states));
  }
}
