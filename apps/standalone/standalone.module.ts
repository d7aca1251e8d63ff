import { Module } from '@nestjs/common';
import { EventReader } from '#event-store/event-store.js';
import { Health } from '#platform/process/health.js';
import { logAndProjections } from '#platform/process/part-health.js';
import { ProjectionStates } from '#platform/process/projection-states.js';
import { StoresModule } from '#platform/stores.module.js';
import { CommandsModule } from '../command-api/commands.module.js';
import { DispatchingModule } from '../command-api/dispatching.module.js';
import { QueriesModule } from '../query-api/queries.module.js';
import { StandaloneConsumers } from './standalone-consumers.js';

/** Everything in one process: commands, queries and consumers. */
@Module({
  imports: [StoresModule.forWriting(), CommandsModule, DispatchingModule, QueriesModule],
  providers: [StandaloneConsumers],
})
export class StandaloneModule {
  constructor(health: Health, log: EventReader, states: ProjectionStates) {
    health.addCheck(() => logAndProjections(log, states));
  }
}
