import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';

/** Marks our log among SQLite files: "STEL", service ticket event log. */
const APPLICATION_ID = 0x5354454c;

/** The steps from one version of the schema to the next; `user_version` counts those taken. */
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

/** A data folder that this version cannot work with. The message names the file and the remedy. */
export class UnusableDataFile extends Error {
  override readonly name = 'UnusableDataFile';
}

/**
 * Opens a log for writing: makes it where there is none, brings its schema up to date, and makes
 * every commit durable (WAL, `synchronous=FULL`).
 *
 * @throws UnusableDataFile for a file that is damaged, foreign, or of a later version.
 */
export function openLog(
  file: string,
  /** What is looked at before the log is used: it throws where that is damaged. */
  check: (database: DatabaseSyncInstance, file: string) => void = () => undefined,
): DatabaseSyncInstance {
  return guarded(file, () => {
    refuseForeign(file);
    const database = new DatabaseSync(file);
    database.exec(
      `PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
       PRAGMA foreign_keys = OFF; PRAGMA wal_autocheckpoint = 4000;`,
    );
    migrate(database, file);
    check(database, file);
    return database;
  });
}

/** Opens a log that is there already for reading only. */
export function openLogForReading(file: string): DatabaseSyncInstance {
  return guarded(file, () => {
    const database = new DatabaseSync(file);
    database.exec('PRAGMA busy_timeout = 5000; PRAGMA query_only = ON;');
    return database;
  });
}

function migrate(database: DatabaseSyncInstance, file: string): void {
  const version = pragma(database, 'user_version');
  if (version > migrations.length) {
    throw new UnusableDataFile(
      `${file} was written by a later version (schema ${version}, this one knows ${migrations.length}). Start that version, or restore a backup of this one's.`,
    );
  }
  if (version === 0 && database.prepare('SELECT 1 FROM sqlite_schema').get() !== undefined) {
    throw foreign(file);
  }
  for (let next = version; next < migrations.length; next++) {
    database.exec(
      `BEGIN IMMEDIATE; ${migrations[next]} PRAGMA application_id = ${APPLICATION_ID};
       PRAGMA user_version = ${next + 1}; COMMIT;`,
    );
  }
}

const pragma = (database: DatabaseSyncInstance, name: string): number => {
  const row = database.prepare(`PRAGMA ${name}`).get() as Record<string, number>;
  return row[name] ?? 0;
};

const foreign = (file: string) =>
  new UnusableDataFile(`${file} belongs to another program. Set DATA_DIR to another folder.`);

/** A file that is not ours is left as it is: the header is looked at before SQLite may write. */
function refuseForeign(file: string): void {
  if (!existsSync(file)) return;
  const header = readHeader(file);
  if (header === null) return;
  if (header.toString('latin1', 0, 15) !== 'SQLite format 3') {
    throw new UnusableDataFile(
      `${file} is not an SQLite database. Move it away, restore it from a backup, or set DATA_DIR to another folder.`,
    );
  }
  const applicationId = header.readUInt32BE(68);
  // A log whose first migration is still in the write-ahead log has no mark yet.
  if (applicationId !== APPLICATION_ID && applicationId !== 0) {
    throw foreign(file);
  }
}

/** The first 100 bytes, which every SQLite file begins with (https://sqlite.org/fileformat.html). */
function readHeader(file: string): Buffer | null {
  const header = Buffer.alloc(100);
  const descriptor = openSync(file, 'r');
  try {
    return readSync(descriptor, header) === 0 ? null : header;
  } finally {
    closeSync(descriptor);
  }
}

function guarded(file: string, open: () => DatabaseSyncInstance): DatabaseSyncInstance {
  try {
    return open();
  } catch (error) {
    if (error instanceof UnusableDataFile) throw error;
    throw new UnusableDataFile(
      `${file} cannot be opened (${(error as Error).message}). Restore it from a backup, or set DATA_DIR to another folder.`,
      { cause: error },
    );
  }
}
