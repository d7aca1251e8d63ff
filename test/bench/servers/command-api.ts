import 'reflect-metadata';
import { mkdirSync } from 'node:fs';
import { Module } from '@nestjs/common';
import { SqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import { EventStore } from '#event-store/event-store.js';
import { CommandsModule } from '#apps/command-api/commands.module.js';
import { StoresModule } from '#platform/stores.module.js';
import { serveModule } from './serve-module.js';
import { serve, settings } from './serve.js';

export interface CommandApiSettings {
  readonly folder: string;
  /** The maximum number of appends in one commit. @default the store's default */
  readonly largestGroup?: number;
}

const { folder, ...grouping } = settings() as CommandApiSettings;
mkdirSync(folder, { recursive: true });

/** The command side alone: HTTP, the command API and the embedded log, without a projector. */
@Module({
  imports: [
    StoresModule.forWriting({
      provide: EventStore,
      useFactory: () => SqliteEventStore.open({ folder, ...grouping }),
    }),
    CommandsModule,
  ],
})
class CommandBenchModule {}

await serve(() => serveModule(CommandBenchModule, { DATA_DIR: folder }));
