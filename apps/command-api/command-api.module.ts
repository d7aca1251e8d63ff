import { Module } from '@nestjs/common';
import { EventReader } from '#event-store/event-store.js';
import { Health } from '#platform/process/health.js';
import { logHealth } from '#platform/process/part-health.js';
import { StoresModule } from '#platform/stores.module.js';
import { CommandsModule } from './commands.module.js';
import { DispatchingModule } from './dispatching.module.js';

/** The process that accepts commands. The dispatch policy runs here because it gives commands. */
@Module({
  imports: [StoresModule.forWriting(), CommandsModule, DispatchingModule],
})
export class CommandApiModule {
  constructor(health: Health, log: EventReader) {
    health.addCheck(async () => ({ log: await logHealth(log) }));
  }
}
