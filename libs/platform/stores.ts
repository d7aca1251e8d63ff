import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LogReader } from '#consuming/log-reader.js';
import type { EventReader, EventStore } from '#event-store/event-store.js';
import type { SnapshotStore } from '#event-store/snapshots.js';
import { filesIn } from '#event-store/sqlite/protocol.js';
import { SqliteSnapshotStore } from '#event-store/sqlite/sqlite-snapshot-store.js';
import type { ViewStore } from '#view-stores/view-store.js';
import type { Configuration } from './configuration.js';
import { prepareDataFolder } from './data-folder.js';

/** The settings that locate the stores. */
export type StoreSettings = Pick<Configuration, 'dataFolder' | 'eventStoreUrl' | 'mongodbUrl'>;

type LogSettings = Pick<StoreSettings, 'dataFolder' | 'eventStoreUrl'>;

/** The store of the log, as named in metrics and traces. */
export const logNameOf = ({ eventStoreUrl }: Pick<LogSettings, 'eventStoreUrl'>): string =>
  eventStoreUrl === null ? 'sqlite' : 'eventstoredb';

// The only place that chooses adapters. Unused ones are not loaded.

/**
 * The reader of a process that appends. No query waits for its consumers, so its pages are few and
 * large: the fewer pages, the less it costs per event.
 */
export const readerOf = (log: EventReader): LogReader => LogReader.of(log, { paceMs: 50 });

const READ_MODELS = 'read-models.db';
const POLICIES = 'policies.db';

/** The path of the database of an embedded log. */
export const logFiles = ({ dataFolder, eventStoreUrl }: StoreSettings): readonly string[] =>
  eventStoreUrl === null ? [filesIn(dataFolder).log] : [];

/** The paths of the databases of embedded documents. */
export const documentFiles = ({ dataFolder, mongodbUrl }: StoreSettings): readonly string[] =>
  mongodbUrl === null ? [READ_MODELS, POLICIES].map((name) => join(dataFolder, name)) : [];

/**
 * Checks the embedded stores that exist already, so that a start that must be refused
 * creates no other file.
 *
 * @throws Error naming the file that this version cannot use, and the remedy.
 */
export async function checkEmbeddedStores(settings: StoreSettings): Promise<void> {
  const logs = logFiles(settings).filter((file) => existsSync(file));
  if (logs.length > 0) {
    const { checkLog } = await import('#event-store/sqlite/schema.js');
    logs.forEach(checkLog);
  }
  const documents = documentFiles(settings).filter((file) => existsSync(file));
  if (documents.length > 0) {
    const { checkDocuments } = await import('#view-stores/sqlite/layout.js');
    documents.forEach(checkDocuments);
  }
}

export interface EventStoreObserver {
  /** Receives a message now and then while a long start catches up. */
  onProgress(message: string): void;
  /** The writer thread of the embedded log has died. It is started again. */
  onWriterDeath(error: Error): void;
  /** Appends are refused for a reason, or, with null, accepted again. */
  onRefusal(refusal: Error | null): void;
}

export async function openEventStore(
  { dataFolder, eventStoreUrl }: LogSettings,
  observer?: EventStoreObserver,
): Promise<EventStore> {
  prepareDataFolder(dataFolder);
  if (eventStoreUrl !== null) {
    const { EventStoreDbEventStore } =
      await import('#event-store/eventstoredb/eventstoredb-event-store.js');
    return EventStoreDbEventStore.open({
      ...{ url: eventStoreUrl, folder: dataFolder, readerOf },
      ...observer,
    });
  }
  const { SqliteEventStore } = await import('#event-store/sqlite/sqlite-event-store.js');
  return SqliteEventStore.open({ folder: dataFolder, ...observer });
}

/** Opens the log for a process or a thread that does not write. */
export async function openEventReader({
  dataFolder,
  eventStoreUrl,
}: LogSettings): Promise<EventReader> {
  if (eventStoreUrl !== null) {
    const { EventStoreDbEventReader } =
      await import('#event-store/eventstoredb/eventstoredb-event-reader.js');
    return EventStoreDbEventReader.open({ url: eventStoreUrl });
  }
  const { SqliteEventReader } = await import('#event-store/sqlite/sqlite-event-reader.js');
  return new SqliteEventReader(dataFolder);
}

export const openSnapshots = ({ dataFolder }: Pick<StoreSettings, 'dataFolder'>): SnapshotStore =>
  new SqliteSnapshotStore(join(dataFolder, 'snapshots.db'));

/** Receives what happens to documents. */
export interface DocumentsObserver {
  /** A file of documents was damaged. It was removed, and is rebuilt from the log. */
  onDamage(file: string, error: Error): void;
}

/**
 * @throws Error if a later version wrote the documents, or a reachable MongoDB server is standalone.
 *   A server that is away is used later.
 */
export const openViewStore = (
  settings: StoreSettings,
  observer: DocumentsObserver,
): Promise<ViewStore> => openDocuments(settings, observer, READ_MODELS, '');

/**
 * The state of policies, apart from the read models, which may be dropped and rebuilt at any time.
 *
 * @throws as {@link openViewStore}
 */
export const openPolicyStore = (
  settings: StoreSettings,
  observer: DocumentsObserver,
): Promise<ViewStore> => openDocuments(settings, observer, POLICIES, '-policies');

async function openDocuments(
  { dataFolder, mongodbUrl }: StoreSettings,
  observer: DocumentsObserver,
  file: string,
  databaseSuffix: string,
): Promise<ViewStore> {
  if (mongodbUrl !== null) {
    const { MongodbViewStore } = await import('#view-stores/mongodb/mongodb-view-store.js');
    return MongodbViewStore.open(mongodbUrl, databaseSuffix);
  }
  const { RenewedViewStore } = await import('#view-stores/sqlite/renewed-view-store.js');
  return new RenewedViewStore(join(dataFolder, file), observer);
}
