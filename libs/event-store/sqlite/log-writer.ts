import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { LRUCache } from 'lru-cache';
import { NO_STREAM, type StreamHead } from '../event-store.js';
import type { SealedEvent } from '../integrity/chain.js';
import { uuidBytes } from '../uuid-bytes.js';
import { openLog } from './schema.js';

/**
 * One append, sealed already, so that the writer thread only writes. One without events writes
 * nothing to the log, and fails if the log cannot be written.
 */
export interface AppendRequest {
  readonly stream: string;
  readonly expected: StreamHead;
  readonly events: readonly SealedEvent[];
}

export type AppendOutcome =
  | { readonly kind: 'appended' | 'repeated'; readonly position: number; readonly hash: string }
  | { readonly kind: 'wrong_expected_revision' | 'event_id_taken' }
  | { readonly kind: 'unavailable'; readonly reason: string };

interface KnownStream extends StreamHead {
  readonly number: number;
}

/** How many stream heads are cached. This is the only writer, so they are exact. */
const CACHED_HEADS = 20_000;

const SQLITE_CONSTRAINT_UNIQUE = 2067;

/** Writes groups of appends: a transaction per group, a savepoint per append. */
export class LogWriter {
  readonly #file: string;
  #open: OpenLog | null;

  /** @throws UnusableDataFile if the file cannot be used. */
  constructor(file: string) {
    this.#file = file;
    this.#open = new OpenLog(openLog(file));
  }

  /**
   * Writes a group. Returns once it is on disk, with one outcome per append, in order.
   *
   * After a failed write or fsync the state on disk is unknown, so the database is closed and
   * the next group reopens it (https://sqlite.org/atomiccommit.html and "fsyncgate").
   */
  write(group: readonly AppendRequest[]): readonly AppendOutcome[] {
    try {
      this.#open ??= new OpenLog(openLog(this.#file));
      return this.#open.write(group);
    } catch (error) {
      this.#reset();
      const reason = (error as Error).message;
      return group.map(() => ({ kind: 'unavailable', reason }));
    }
  }

  /** Checkpoints the write-ahead log, so that the file alone is the whole log. */
  close(): void {
    const database = this.#open?.database;
    this.#open = null;
    try {
      database?.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch (error) {
      // Nothing is lost: the next start reads the write-ahead log.
      process.stderr.write(
        `${this.#file}: checkpoint failed at close: ${(error as Error).message}\n`,
      );
    }
    database?.close();
  }

  #reset(): void {
    try {
      const database = this.#open?.database;
      // A handle closed within a transaction would stay open, and so would its lock.
      if (database?.isTransaction === true) database.exec('ROLLBACK');
      database?.close();
      this.#open = null;
    } catch (error) {
      // The handle cannot be closed: drop it.
      process.stderr.write(`${this.#file}: close failed: ${(error as Error).message}\n`);
      this.#open = null;
    }
  }
}

/** An open log with its prepared statements. */
class OpenLog {
  readonly #begin: StatementSyncInstance;
  readonly #commit: StatementSyncInstance;
  readonly #savepoint: StatementSyncInstance;
  readonly #release: StatementSyncInstance;
  readonly #rollbackToSavepoint: StatementSyncInstance;
  readonly #insertStream: StatementSyncInstance;
  readonly #insertEvent: StatementSyncInstance;
  readonly #selectHead: StatementSyncInstance;
  readonly #selectIds: StatementSyncInstance;
  readonly #heads = new LRUCache<string, KnownStream>({ max: CACHED_HEADS });
  #position: number;

  constructor(readonly database: DatabaseSyncInstance) {
    const prepare = (sql: string) => database.prepare(sql);
    this.#begin = prepare('BEGIN IMMEDIATE');
    this.#commit = prepare('COMMIT');
    this.#savepoint = prepare('SAVEPOINT append');
    this.#release = prepare('RELEASE append');
    this.#rollbackToSavepoint = prepare('ROLLBACK TO append');
    this.#insertStream = prepare('INSERT INTO streams (name) VALUES (?)');
    this.#insertEvent = prepare(
      `INSERT INTO events (position, stream, revision, type, id, hash, record)
       VALUES (?, ?, ?, ?, unhex(?, '-'), unhex(?), ?)`,
    );
    this.#selectHead = prepare(
      `SELECT streams.number, events.revision, lower(hex(events.hash)) AS hash
       FROM streams JOIN events ON events.stream = streams.number
       WHERE streams.name = ? ORDER BY events.revision DESC LIMIT 1`,
    );
    this.#selectIds = prepare(
      `SELECT position, id, lower(hex(hash)) AS hash FROM events
       WHERE stream = ? AND revision > ? AND revision <= ? ORDER BY revision`,
    );
    const last = prepare('SELECT max(position) AS position FROM events').get() as {
      position: number | null;
    };
    this.#position = last.position ?? -1;
  }

  write(group: readonly AppendRequest[]): readonly AppendOutcome[] {
    this.#begin.run();
    const outcomes = group.map((append) => this.#append(append));
    this.#commit.run();
    return outcomes;
  }

  #append({ stream, expected, events }: AppendRequest): AppendOutcome {
    if (events.length === 0) return this.#probe(expected);
    const head = this.#headOf(stream);
    if (head.revision !== expected.revision || head.hash !== expected.hash) {
      return this.#repeated(head, expected, events);
    }
    const before = this.#position;
    this.#savepoint.run();
    try {
      this.#insert(stream, head, events);
      return { kind: 'appended', position: this.#position, hash: events.at(-1)?.hash ?? head.hash };
    } catch (error) {
      this.#position = before;
      if ((error as { errcode?: number }).errcode !== SQLITE_CONSTRAINT_UNIQUE) throw error;
      this.#rollbackToSavepoint.run();
      return { kind: 'event_id_taken' };
    } finally {
      if (this.database.isTransaction) this.#release.run();
    }
  }

  /** Writes a page that stays the same, so that a commit of it shows whether the log can be written. */
  #probe({ hash }: StreamHead): AppendOutcome {
    const { user_version: version } = this.database.prepare('PRAGMA user_version').get() as {
      user_version: number;
    };
    this.database.exec(`PRAGMA user_version = ${version}`);
    return { kind: 'appended', position: this.#position, hash };
  }

  #insert(stream: string, head: KnownStream, events: readonly SealedEvent[]): void {
    const number = head.number === UNNUMBERED ? this.#number(stream) : head.number;
    for (const { id, type, revision, hash, record } of events) {
      this.#position += 1;
      this.#insertEvent.run(this.#position, number, revision, type, id, hash, record);
    }
    const last = events.at(-1);
    if (last !== undefined) {
      this.#heads.set(stream, { number, revision: last.revision, hash: last.hash });
    }
  }

  #headOf(stream: string): KnownStream {
    const known = this.#heads.get(stream);
    if (known !== undefined) return known;
    const stored = this.#selectHead.get(stream) as KnownStream | undefined;
    if (stored === undefined) return { ...NO_STREAM, number: UNNUMBERED };
    this.#heads.set(stream, stored);
    return stored;
  }

  #number(stream: string): number {
    return Number(this.#insertStream.run(stream).lastInsertRowid);
  }

  /** Whether the same events follow the expected head already: a retry whose answer was lost. */
  #repeated(
    head: KnownStream,
    expected: StreamHead,
    events: readonly SealedEvent[],
  ): AppendOutcome {
    const last = expected.revision + events.length;
    const there = this.#selectIds.all(head.number, expected.revision, last) as {
      position: number;
      id: Uint8Array;
      hash: string;
    }[];
    const end = there.at(-1);
    const same =
      there.length === events.length &&
      there.every(({ id }, index) => uuidBytes(events[index]?.id ?? '').equals(id));
    // Return the hash in the log: the retry's content may differ, for example its time.
    return same && end !== undefined
      ? { kind: 'repeated', position: end.position, hash: end.hash }
      : { kind: 'wrong_expected_revision' };
  }
}

const UNNUMBERED = -1;
