import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EventReader, EventStore } from '#event-store/event-store.js';
import type { SnapshotStore } from '#event-store/snapshots.js';
import { SqliteEventReader } from '#event-store/sqlite/sqlite-event-reader.js';
import { SqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import { SqliteSnapshotStore } from '#event-store/sqlite/sqlite-snapshot-store.js';
import { SqliteReadModelStore } from '#read-models/sqlite/sqlite-read-model-store.js';
import type { ReadModelStore } from '#read-models/store.js';
import type { Configuration } from './configuration.js';

/** What says where the stores are. */
export type StoreSettings = Pick<Configuration, 'dataFolder'>;

/** The one place that picks adapters. */

export function openEventStore({ dataFolder }: StoreSettings): Promise<EventStore> {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  return SqliteEventStore.open({ folder: dataFolder });
}

export const openEventReader = ({ dataFolder }: StoreSettings): EventReader =>
  new SqliteEventReader(dataFolder);

export const openSnapshots = ({ dataFolder }: StoreSettings): SnapshotStore =>
  new SqliteSnapshotStore(join(dataFolder, 'snapshots.db'));

export const openReadModels = ({ dataFolder }: StoreSettings): ReadModelStore =>
  new SqliteReadModelStore(join(dataFolder, 'read-models.db'));
