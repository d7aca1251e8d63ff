import {
  DatabaseSync,
  type DatabaseSyncInstance,
  type StatementSyncInstance,
} from '@photostructure/sqlite';
import { openDerivedFile } from '../derived-file.js';
import type { Position, RecordedEvent } from '../event-store.js';
import { uuidBytes } from '../uuid-bytes.js';

/** How far an index has read the log. The log must still have this event at this position. */
export interface IndexedUpTo {
  readonly position: Position;
  readonly id: string;
}

/**
 * An index of event positions by id, in an SQLite file: EventStoreDB has none. It can be rebuilt
 * from the log, so an unusable file is replaced, and no write waits for the disk: after a crash
 * the lost entries are read from the log again.
 */
export class EventIdIndex {
  readonly #database: DatabaseSyncInstance;
  readonly #find: StatementSyncInstance;
  readonly #insert: StatementSyncInstance;
  readonly #setCheckpoint: StatementSyncInstance;

  constructor(file: string) {
    this.#database = openDerivedFile(file, open);
    const prepare = (sql: string) => this.#database.prepare(sql);
    this.#find = prepare('SELECT position FROM ids WHERE id = ?');
    this.#find.setReadBigInts(true);
    this.#insert = prepare('INSERT OR IGNORE INTO ids (id, position) VALUES (?, ?)');
    this.#setCheckpoint = prepare(
      'INSERT OR REPLACE INTO checkpoint (number, position, id) VALUES (1, ?, ?)',
    );
  }

  /** How far the index has read; null for an empty index. */
  upTo(): IndexedUpTo | null {
    const read = this.#database.prepare('SELECT position, id FROM checkpoint');
    read.setReadBigInts(true);
    const row = read.get() as { position: bigint; id: Uint8Array } | undefined;
    return row === undefined ? null : { position: row.position, id: textOf(row.id) };
  }

  positionOf(id: string): Position | null {
    const row = this.#find.get(uuidBytes(id)) as { position: bigint } | undefined;
    return row?.position ?? null;
  }

  /** The last entry up to a position; null if there is none. Reads the whole index. */
  lastUpTo(position: Position): IndexedUpTo | null {
    const read = this.#database.prepare(
      'SELECT position, id FROM ids WHERE position <= ? ORDER BY position DESC LIMIT 1',
    );
    read.setReadBigInts(true);
    const row = read.get(position) as { position: bigint; id: Uint8Array } | undefined;
    return row === undefined ? null : { position: row.position, id: textOf(row.id) };
  }

  /** The number of entries after a position. Reads the whole index. */
  countAfter(position: Position): number {
    const read = this.#database.prepare('SELECT count(*) AS count FROM ids WHERE position > ?');
    return (read.get(position) as { count: number }).count;
  }

  /** Adds the next events of the log, in order. */
  add(events: readonly Pick<RecordedEvent, 'id' | 'position'>[]): void {
    const last = events.at(-1);
    if (last === undefined) return;
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      for (const { id, position } of events) this.#insert.run(uuidBytes(id), position);
      this.#setCheckpoint.run(last.position, uuidBytes(last.id));
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /** Deletes all entries: they were made from another log. */
  clear(): void {
    this.#database.exec('BEGIN IMMEDIATE; DELETE FROM ids; DELETE FROM checkpoint; COMMIT');
  }

  close(): void {
    this.#database.close();
  }
}

const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

function open(file: string): DatabaseSyncInstance {
  const database = new DatabaseSync(file);
  database.exec(
    `PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;
     CREATE TABLE IF NOT EXISTS ids (id BLOB PRIMARY KEY, position INTEGER NOT NULL) STRICT, WITHOUT ROWID;
     CREATE TABLE IF NOT EXISTS checkpoint (number INTEGER PRIMARY KEY, position INTEGER NOT NULL, id BLOB NOT NULL) STRICT;
     SELECT id, position FROM ids LIMIT 1; SELECT position, id FROM checkpoint;`,
  );
  return database;
}
