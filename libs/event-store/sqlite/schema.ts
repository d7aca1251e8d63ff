import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { whyUnwritable } from './unwritable.js';

/** SQLite's application id of our log: "STEL", service ticket event log. */
const APPLICATION_ID = 0x5354454c;

/** The schema migrations; `user_version` counts those applied. */
const migrations = [
  `CREATE TABLE streams (
     number INTEGER PRIMARY KEY,
     name TEXT NOT NULL UNIQUE
   ) STRICT;
   -- Narrow columns first: a scan by type never touches the records behind them.
   CREATE TABLE events (
     position INTEGER PRIMARY KEY,
     stream INTEGER NOT NULL REFERENCES streams (number),
     revision INTEGER NOT NULL,
     type TEXT NOT NULL,
     id BLOB NOT NULL UNIQUE,
     hash BLOB NOT NULL,
     record TEXT NOT NULL,
     UNIQUE (stream, revision)
   ) STRICT;`,
];

/** The random id of a log, made with it. Earlier versions work with a log that has one. */
const IDENTITY = `CREATE TABLE IF NOT EXISTS identity (
  number INTEGER PRIMARY KEY CHECK (number = 1),
  id TEXT NOT NULL
) STRICT`;

/** The id of an open log. */
export function identityOf(database: DatabaseSyncInstance): string {
  const select = database.prepare('SELECT id FROM identity');
  const stored = select.get() as { id: string } | undefined;
  if (stored !== undefined) return stored.id;
  const id = randomUUID();
  database.prepare('INSERT INTO identity (number, id) VALUES (1, ?)').run(id);
  return id;
}

/** A data file that this version cannot use. The message names the file and the remedy. */
export class UnusableDataFile extends Error {
  override readonly name = 'UnusableDataFile';
}

/**
 * Opens a log for writing: creates it if there is none, migrates its schema, and makes
 * every commit durable (WAL, `synchronous=FULL`).
 *
 * @throws UnusableDataFile for a file that cannot be written, is damaged, foreign, or of a later
 *   version; the file is not changed.
 */
export function openLog(file: string): DatabaseSyncInstance {
  // SQLite would open it as read-only, and report that with the first write.
  const problem = whyUnwritable(file);
  if (problem !== null) {
    throw new UnusableDataFile(
      `${file} cannot be written: ${problem}. Make the folder and all its files writable for this user, or set DATA_DIR to another folder.`,
    );
  }
  return guarded(file, (database) => {
    database.exec('PRAGMA busy_timeout = 5000;');
    const version = versionOf(database, file);
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
       PRAGMA foreign_keys = OFF; PRAGMA wal_autocheckpoint = 4000;`,
    );
    migrate(database, version);
    database.exec(IDENTITY);
    readLastEvent(database);
    return database;
  });
}

/**
 * Checks that an existing log is one that this version can use.
 *
 * @throws UnusableDataFile if it is not.
 */
export function checkLog(file: string): void {
  guarded(file, (database) => {
    versionOf(database, file);
    return database;
  }).close();
}

/**
 * Opens an existing log read-only.
 *
 * @throws UnusableDataFile if there is none that this version can read.
 */
export function openLogForReading(file: string): DatabaseSyncInstance {
  if (!existsSync(file)) {
    throw new UnusableDataFile(
      `${file} does not exist. Start the service, which creates it, or set DATA_DIR to its folder.`,
    );
  }
  return guarded(file, (database) => {
    database.exec('PRAGMA busy_timeout = 5000; PRAGMA query_only = ON;');
    const version = versionOf(database, file);
    if (version < migrations.length) {
      throw new UnusableDataFile(
        `${file} was written by an earlier version (schema ${version}, this one reads ${migrations.length}). Start the service once, which migrates it.`,
      );
    }
    readLastEvent(database);
    return database;
  });
}

/**
 * The version of a log's schema; 0 for an empty file. A foreign file must not be
 * changed, so this comes before any write. The check goes through SQLite: a
 * file that other code of the process opens and closes loses SQLite's locks
 * (https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).
 */
function versionOf(database: DatabaseSyncInstance, file: string): number {
  const empty = database.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
  const version = pragma(database, 'user_version');
  const applicationId = pragma(database, 'application_id');
  const blank = empty && version === 0 && applicationId === 0;
  if (!blank && applicationId !== APPLICATION_ID) {
    throw new UnusableDataFile(
      `${file} belongs to another program. Set DATA_DIR to another folder.`,
    );
  }
  if (version > migrations.length) {
    throw new UnusableDataFile(
      `${file} was written by a later version (schema ${version}, this one knows ${migrations.length}). Run that version, or restore a backup made by this one.`,
    );
  }
  return version;
}

function migrate(database: DatabaseSyncInstance, version: number): void {
  for (let next = version; next < migrations.length; next++) {
    database.exec(
      `BEGIN IMMEDIATE; ${migrations[next]} PRAGMA application_id = ${APPLICATION_ID};
       PRAGMA user_version = ${next + 1}; COMMIT;`,
    );
  }
}

/** A file with an intact header may still be truncated or damaged. */
function readLastEvent(database: DatabaseSyncInstance): void {
  database.prepare('SELECT * FROM events ORDER BY position DESC LIMIT 1').get();
}

const pragma = (database: DatabaseSyncInstance, name: string): number => {
  const row = database.prepare(`PRAGMA ${name}`).get() as Record<string, number>;
  return row[name] ?? 0;
};

const SQLITE_NOTADB = 26;

function guarded(
  file: string,
  prepare: (database: DatabaseSyncInstance) => DatabaseSyncInstance,
): DatabaseSyncInstance {
  let database: DatabaseSyncInstance | undefined;
  try {
    database = new DatabaseSync(file);
    return prepare(database);
  } catch (error) {
    database?.close();
    if (error instanceof UnusableDataFile) throw error;
    throw new UnusableDataFile(wordsOf(error as Error & { errcode?: number }, file), {
      cause: error,
    });
  }
}

const wordsOf = ({ errcode, message }: Error & { errcode?: number }, file: string): string =>
  errcode === SQLITE_NOTADB
    ? `${file} is not an SQLite database. Move it away, restore it from a backup, or set DATA_DIR to another folder.`
    : `${file} cannot be opened (${message}). Restore it from a backup, or set DATA_DIR to another folder.`;
