import { statSync } from 'node:fs';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { DAMAGED_FILE, isDamage } from '#event-store/sqlite-damage.js';
import { COPIES_SCHEMA } from './copies.js';
import { removeDocuments } from './document-file.js';
import { LEASES_SCHEMA } from './leases.js';

/**
 * The version of the file's layout, which `user_version` holds. Raise it with a change that an
 * earlier program cannot work with. Files from before the first version have 0. Since 2, documents have
 * checksums.
 */
const LAYOUT_VERSION = 2;

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
       PRAGMA wal_autocheckpoint = 12000;
       ${COPIES_SCHEMA} ${LEASES_SCHEMA}`,
    );
    if (version < LAYOUT_VERSION) complete(database);
  });
}

/** Checking a file of this size takes a fraction of a second; a larger one would delay the start. */
const MAX_CHECKED_BYTES = 64 * 1024 * 1024;

/**
 * Checks an existing file as {@link damageOf}. A damaged one is removed, with a line on standard error: its
 * documents are rebuilt from the log.
 *
 * @throws Error as {@link openDocuments}
 */
export function checkDocuments(file: string): void {
  const damage = damageOf(file);
  if (damage === null) return;
  process.stderr.write(
    `${file} is damaged (${damage.message}). It was removed, and is rebuilt from the log.\n`,
  );
  removeDocuments(file);
}

/**
 * What SQLite finds damaged in a file that no later version wrote: in a small file anywhere, in a larger
 * one only where it is opened.
 *
 * @returns null for no damage
 * @throws Error as {@link openDocuments}
 */
export function damageOf(file: string): Error | null {
  try {
    const isSmall = statSync(file).size <= MAX_CHECKED_BYTES;
    guarded(file, (database) => {
      readCopies(database);
      if (isSmall) requireIntegrity(database);
    }).close();
    return null;
  } catch (error) {
    const { cause } = error as Error;
    if (!isDamage(cause)) throw error;
    return cause as Error;
  }
}

/** A file without the first pages of its tables opens, and fails with its first use. */
function readCopies(database: DatabaseSyncInstance): void {
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  for (const { name } of tables as { name: string }[])
    database.prepare(`SELECT * FROM "${name}" LIMIT 1`).get();
}

function requireIntegrity(database: DatabaseSyncInstance): void {
  const row = database.prepare('PRAGMA integrity_check(1)').get() as { integrity_check: string };
  if (row.integrity_check !== 'ok') throw new Error(DAMAGED_FILE);
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

/** The columns that some files of earlier versions lack. */
const ADDED_COLUMNS = [
  ['copies', 'mark', 'INTEGER NOT NULL DEFAULT 0'],
  ['copies', 'event_id', 'TEXT'],
  ['copies', 'event_hash', 'TEXT'],
  ['copies', 'halted', 'TEXT'],
  ['copies', 'sealed', 'INTEGER NOT NULL DEFAULT 0'],
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
