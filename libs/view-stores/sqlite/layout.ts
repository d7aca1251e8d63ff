import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { COPIES_SCHEMA } from './copies.js';
import { LEASES_SCHEMA } from './leases.js';

/**
 * The version of the file's layout, which `user_version` holds. Raise it with a change that an
 * earlier program cannot work with. Files from before the first version have 0.
 */
const LAYOUT_VERSION = 1;

/**
 * How long to wait for a transaction of another process. Those of projectors take milliseconds. A
 * waiting process renews no lease, so this is less than a lease's duration.
 */
const BUSY_TIMEOUT_MS = 3_000;

/**
 * Opens a file of documents; creates it, or completes one of an earlier version.
 *
 * @throws Error naming the file and the remedy if it cannot be used. A file of a later version is
 *   not changed.
 */
export function openDocuments(file: string): DatabaseSyncInstance {
  return guarded(file, (database, version) => {
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000;
       PRAGMA wal_autocheckpoint = 4000;
       ${COPIES_SCHEMA} ${LEASES_SCHEMA}`,
    );
    if (version < LAYOUT_VERSION) complete(database);
  });
}

/**
 * Checks that no later version wrote an existing file.
 *
 * @throws Error as {@link openDocuments}
 */
export function checkDocuments(file: string): void {
  guarded(file, () => undefined).close();
}

function guarded(
  file: string,
  prepare: (database: DatabaseSyncInstance, version: number) => void,
): DatabaseSyncInstance {
  let database: DatabaseSyncInstance | undefined;
  try {
    database = new DatabaseSync(file);
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    const version = versionOf(database);
    if (version > LAYOUT_VERSION) {
      throw new Error(
        `written by a later version: layout ${version}, this one knows ${LAYOUT_VERSION}`,
      );
    }
    prepare(database, version);
    return database;
  } catch (error) {
    database?.close();
    throw new Error(
      `${file} cannot be used (${(error as Error).message}). Run the version that wrote it, or remove the file and start again: it is rebuilt from the log.`,
      { cause: error },
    );
  }
}

/** The columns that some files from before the first version lack. */
const ADDED_COLUMNS = [
  ['copies', 'mark', 'INTEGER NOT NULL DEFAULT 0'],
  ['copies', 'event_id', 'TEXT'],
  ['copies', 'event_hash', 'TEXT'],
  ['copies', 'halted', 'TEXT'],
  ['reports', 'positions_per_second', 'REAL'],
] as const;

function complete(database: DatabaseSyncInstance): void {
  const isThere = database.prepare('SELECT 1 FROM pragma_table_info(?) WHERE name = ?');
  for (const [table, column, type] of ADDED_COLUMNS) {
    if (isThere.get(table, column) === undefined)
      database.exec(`ALTER TABLE ${table} ADD COLUMN ${column} ${type}`);
  }
  database.exec(`PRAGMA user_version = ${LAYOUT_VERSION}`);
}

const versionOf = (database: DatabaseSyncInstance): number =>
  (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
