import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { LRUCache } from 'lru-cache';
import { NO_STREAM, type StreamHead } from '../event-store.js';
import type { SealedEvent } from '../integrity/chain.js';
import { uuidBytes } from '../uuid-bytes.js';
import type { AppendOutcome, AppendRequest } from './append-request.js';
import { EventRows } from './event-rows.js';
import { identityOf } from './schema.js';

interface KnownStream extends StreamHead {
  readonly number: number;
}

/** The position and hash of a log's last event; position -1 for an empty log. */
export interface LogEnd {
  readonly position: number;
  readonly hash: string;
}

/** How many stream heads are cached. This is the only writer, so they are exact. */
const CACHED_HEADS = 20_000;

const SQLITE_CONSTRAINT_UNIQUE = 2067;

/** No event has this id. */
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** An open log with its prepared statements. */
export class OpenLog {
  readonly #begin: StatementSyncInstance;
  readonly #commit: StatementSyncInstance;
  readonly #savepoint: StatementSyncInstance;
  readonly #release: StatementSyncInstance;
  readonly #rollbackToSavepoint: StatementSyncInstance;
  readonly #insertStream: StatementSyncInstance;
  readonly #insertEvent: StatementSyncInstance;
  readonly #selectHead: StatementSyncInstance;
  readonly #selectIds: StatementSyncInstance;
  readonly #selectLast: StatementSyncInstance;
  readonly #rows: EventRows;
  readonly #heads = new LRUCache<string, KnownStream>({ max: CACHED_HEADS });
  #end: LogEnd;
  /** The identity of the log, made with it. */
  readonly id: string;

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
    this.#selectLast = prepare(
      `SELECT position, lower(hex(hash)) AS hash, record FROM events ORDER BY position DESC LIMIT 1`,
    );
    this.#rows = new EventRows(database);
    this.id = identityOf(database);
    const { position = -1, hash = NO_STREAM.hash } = this.#last() ?? {};
    this.#end = { position, hash };
  }

  /** The last event. */
  get end(): LogEnd {
    return this.#end;
  }

  /**
   * Whether the event at a position has a hash. Whether a damaged one was another cannot be known: it is
   * not lost without notice, because its stream is refused where it is read.
   */
  hasEvent(position: number, hash: string): boolean {
    const event = this.#rows.at(position);
    return event !== null && (event.hash === hash || event.damage !== undefined);
  }

  /** Whether the last event is what was appended, so that its hash can be relied on. */
  get isEndIntact(): boolean {
    return this.#rows.at(this.#end.position)?.damage === undefined;
  }

  /** The time of the last event; null for an empty log, or if it cannot be read. */
  lastTime(): string | null {
    return /"at":"([^"]{1,30})"/.exec(this.#last()?.record ?? '')?.[1] ?? null;
  }

  #last(): (LogEnd & { readonly record: string }) | undefined {
    return this.#selectLast.get() as (LogEnd & { readonly record: string }) | undefined;
  }

  write(group: readonly AppendRequest[]): readonly AppendOutcome[] {
    this.#begin.run();
    const outcomes = group.map((append) => this.#append(append));
    this.#commit.run();
    return outcomes;
  }

  #append({ stream, expected, events }: AppendRequest): AppendOutcome {
    if (events.length === 0) return this.#probe();
    const head = this.#headOf(stream);
    if (head.revision !== expected.revision || head.hash !== expected.hash) {
      return this.#repeated(head, expected, events);
    }
    const before = this.#end;
    this.#savepoint.run();
    try {
      this.#insert(stream, head, events);
      return { kind: 'appended', ...this.#end };
    } catch (error) {
      this.#end = before;
      if ((error as { errcode?: number }).errcode !== SQLITE_CONSTRAINT_UNIQUE) throw error;
      this.#rollbackToSavepoint.run();
      return { kind: 'event_id_taken' };
    } finally {
      if (this.database.isTransaction) this.#release.run();
    }
  }

  /**
   * Inserts an event and takes it back, and writes a page that stays the same, so that its commit
   * shows whether the log can be written.
   */
  #probe(): AppendOutcome {
    this.#savepoint.run();
    const { position } = this.#end;
    this.#insertEvent.run(position + 1, UNNUMBERED, 0, 'probe', NO_ID, NO_STREAM.hash, '{}');
    this.#rollbackToSavepoint.run();
    this.#release.run();
    const { user_version: version } = this.database.prepare('PRAGMA user_version').get() as {
      user_version: number;
    };
    this.database.exec(`PRAGMA user_version = ${version}`);
    return { kind: 'appended', ...this.#end };
  }

  #insert(stream: string, head: KnownStream, events: readonly SealedEvent[]): void {
    const number = head.number === UNNUMBERED ? this.#number(stream) : head.number;
    for (const { id, type, revision, hash, record } of events) {
      const position = this.#end.position + 1;
      this.#insertEvent.run(position, number, revision, type, id, hash, record);
      this.#end = { position, hash };
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
