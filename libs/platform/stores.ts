import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EventReader, EventStore } from '#event-store/event-store.js';
import type { SnapshotStore } from '#event-store/snapshots.js';
import { SqliteEventReader } from '#event-store/sqlite/sqlite-event-reader.js';
import { SqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import { SqliteSnapshotStore } from '#event-store/sqlite/sqlite-snapshot-store.js';
import type { ReadModelStore } from '#read-models/store.js';
import type { Configuration } from './configuration.js';

/** What says where the stores are. */
export type StoreSettings = Pick<Configuration, 'dataFolder' | 'mongodbUrl'>;

type Folder = Pick<StoreSettings, 'dataFolder'>;

/** What the log is kept in, as figures and traces name it. */
export const LOG_NAME = 'sqlite';

/** The one place that picks adapters. */

export function openEventStore({ dataFolder }: Folder): Promise<EventStore> {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  return SqliteEventStore.open({ folder: dataFolder });
}

/** For a process, or a thread, that reads the log and leaves writing to another. */
export function openEventReader({ dataFolder }: Folder): Promise<EventReader> {
  return Promise.resolve().then(() => new SqliteEventReader(dataFolder));
}

export const openSnapshots = ({ dataFolder }: Folder): SnapshotStore =>
  new SqliteSnapshotStore(join(dataFolder, 'snapshots.db'));

/** Only the adapter that is used is loaded. MongoDB is connected to when it is first asked. */
export async function openReadModels(settings: StoreSettings): Promise<ReadModelStore> {
  const { dataFolder, mongodbUrl } = settings;
  if (mongodbUrl !== null) {
    const { MongodbReadModelStore } =
      await import('#read-models/mongodb/mongodb-read-model-store.js');
    return new MongodbReadModelStore(mongodbUrl);
  }
  const { SqliteReadModelStore } = await import('#read-models/sqlite/sqlite-read-model-store.js');
  return new SqliteReadModelStore(join(dataFolder, 'read-models.db'));
}
