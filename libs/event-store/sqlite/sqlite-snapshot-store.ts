import {
  DatabaseSync,
  type DatabaseSyncInstance,
  type StatementSyncInstance,
} from '@photostructure/sqlite';
import { openDerivedFile } from '../derived-file.js';
import { hashOf } from '../integrity/chain.js';
import type { Snapshot, SnapshotStore } from '../snapshots.js';

/** The length of a hash in hexadecimal. */
const HASH_LENGTH = 64;

/**
 * Snapshots in their own SQLite file. They can be rebuilt from the log, so an unusable file
 * is replaced, writes do not wait for the disk, and failures are ignored.
 */
export class SqliteSnapshotStore implements SnapshotStore {
  readonly #file: string;
  readonly #database: DatabaseSyncInstance;
  readonly #load: StatementSyncInstance;
  readonly #save: StatementSyncInstance;

  #failing = false;

  constructor(file: string) {
    this.#file = file;
    this.#database = openDerivedFile(file, open);
    this.#load = this.#database.prepare('SELECT snapshot FROM snapshots WHERE stream = ?');
    this.#save = this.#database.prepare(
      'INSERT INTO snapshots (stream, snapshot) VALUES (?, ?) ON CONFLICT DO UPDATE SET snapshot = excluded.snapshot',
    );
  }

  load(stream: string): Snapshot | null {
    return this.#attempt(() => {
      const row = this.#load.get(stream) as { snapshot: string } | undefined;
      return row === undefined ? null : opened(row.snapshot);
    });
  }

  save(stream: string, snapshot: Snapshot): void {
    this.#attempt(() => this.#save.run(stream, sealed(JSON.stringify(snapshot))));
  }

  close(): void {
    this.#attempt(() => {
      this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    });
    this.#database.close();
  }

  /** Null on failure; reports the first of consecutive failures. */
  #attempt<Result>(work: () => Result): Result | null {
    try {
      const result = work();
      this.#failing = false;
      return result;
    } catch (error) {
      if (!this.#failing) {
        process.stderr.write(
          `${this.#file} has failed (${(error as Error).message}). The service continues without snapshots. Remove the file and restart: they are rebuilt.\n`,
        );
      }
      this.#failing = true;
      return null;
    }
  }
}

/** A snapshot's text after its hash: a command must not be decided on a state that was altered. */
const sealed = (text: string): string => hashOf(text) + text;

/** Null for a snapshot that was altered, or is of an earlier version: the stream is folded instead. */
function opened(stored: string): Snapshot | null {
  const hash = stored.slice(0, HASH_LENGTH);
  const text = stored.slice(HASH_LENGTH);
  return hashOf(text) === hash ? (JSON.parse(text) as Snapshot) : null;
}

function open(file: string): DatabaseSyncInstance {
  const database = new DatabaseSync(file);
  database.exec(
    `PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;
     CREATE TABLE IF NOT EXISTS snapshots (stream TEXT PRIMARY KEY, snapshot TEXT NOT NULL) STRICT;
     SELECT stream, snapshot FROM snapshots LIMIT 1;`,
  );
  return database;
}
