import 'reflect-metadata';
import { mkdirSync } from 'node:fs';
import { Module } from '@nestjs/common';
import {
  SqliteEventStore,
  type SqliteEventStoreOptions,
} from '#event-store/sqlite/sqlite-event-store.js';
import { EventStore } from '#event-store/event-store.js';
import { CommandsModule } from '#apps/command-api/commands.module.js';
import { StoresModule } from '#platform/stores.module.js';
import { serveModule } from './serve-module.js';
import { serve, settings } from './serve.js';

const options = settings() as SqliteEventStoreOptions;
mkdirSync(options.folder, { recursive: true });

/** The command side alone: HTTP, the command API and the embedded log, without a projector. */
@Module({
  imports: [
    StoresModule.forWriting({
      provide: EventStore,
      useFactory: () => SqliteEventStore.open(options),
    }),
    CommandsModule,
  ],
})
class CommandBenchModule {}

await serve(() => serveModule(CommandBenchModule, { DATA_DIR: options.folder }));
