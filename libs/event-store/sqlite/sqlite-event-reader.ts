import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import {
  START,
  StoreUnavailable,
  type EventReader,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  type SubscribeOptions,
} from '../event-store.js';
import { openRecord } from '../integrity/chain.js';
import { DatabaseChanges } from '../database-changes.js';
import { follow } from '../follow.js';
import { uuidBytes } from '../uuid-bytes.js';
import { filesIn } from './protocol.js';
import { openLogForReading } from './schema.js';

interface Row {
  readonly position: number;
  readonly hash: Uint8Array;
  readonly record: string;
}

const COLUMNS = 'events.position, events.hash, events.record';

/** Reads an embedded log, in any thread or process. It sees only committed events. */
export class SqliteEventReader implements EventReader {
  readonly #database: DatabaseSyncInstance;
  readonly #changes: DatabaseChanges;
  readonly #forwards: StatementSyncInstance;
  readonly #backwards: StatementSyncInstance;
  readonly #all: StatementSyncInstance;
  readonly #at: StatementSyncInstance;
  readonly #byId: StatementSyncInstance;
  readonly #head: StatementSyncInstance;

  /** @throws UnusableDataFile if the folder has no readable log. */
  constructor(folder: string) {
    const file = filesIn(folder).log;
    this.#database = openLogForReading(file);
    this.#changes = new DatabaseChanges(file, this.#database);
    const prepare = (sql: string) => this.#database.prepare(sql);
    const stream = `SELECT ${COLUMNS} FROM events
      WHERE stream = (SELECT number FROM streams WHERE name = ?) AND revision`;
    this.#forwards = prepare(`${stream} >= ? ORDER BY revision LIMIT ?`);
    this.#backwards = prepare(`${stream} <= ? ORDER BY revision DESC LIMIT ?`);
    this.#all = prepare(
      `SELECT ${COLUMNS} FROM events WHERE position > ? ORDER BY position LIMIT ?`,
    );
    this.#at = prepare(`SELECT ${COLUMNS} FROM events WHERE position = ?`);
    this.#byId = prepare(`SELECT ${COLUMNS} FROM events WHERE id = ?`);
    this.#head = prepare('SELECT max(position) AS position FROM events');
  }

  readStream(stream: string, options: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    const { from, direction = 'forwards', limit } = options;
    return attempt(() => {
      const rows =
        direction === 'forwards'
          ? this.#forwards.all(stream, from ?? 0, limit)
          : this.#backwards.all(stream, from ?? Number.MAX_SAFE_INTEGER, limit);
      return (rows as Row[]).map(toEvent);
    });
  }

  readAll({ after, limit }: ReadAllOptions): Promise<readonly RecordedEvent[]> {
    return attempt(() => (this.#all.all(Number(after), limit) as Row[]).map(toEvent));
  }

  subscribeToAll(options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]> {
    return follow(this, this.#changes, options);
  }

  findEvent(id: string): Promise<RecordedEvent | null> {
    return attempt(() => {
      const row = this.#byId.get(uuidBytes(id)) as Row | undefined;
      return row === undefined ? null : toEvent(row);
    });
  }

  eventAt(position: Position): Promise<RecordedEvent | null> {
    return attempt(() => {
      const row = this.#at.get(Number(position)) as Row | undefined;
      return row === undefined ? null : toEvent(row);
    });
  }

  headPosition(): Promise<Position> {
    return attempt(() => BigInt(this.#headPosition()));
  }

  /** Positions are consecutive, so the difference is the count. */
  countAfter(position: Position): Promise<number> {
    return attempt(() => Math.max(0, this.#headPosition() - Number(position)));
  }

  close(): Promise<void> {
    this.#changes.close();
    this.#database.close();
    return Promise.resolve();
  }

  #headPosition(): number {
    const row = this.#head.get() as { position: number | null };
    return row.position ?? Number(START);
  }
}

const toEvent = ({ position, hash, record }: Row): RecordedEvent =>
  openRecord(record, Buffer.from(hash).toString('hex'), BigInt(position));

/** Wraps an error of SQLite as `StoreUnavailable`, with the cause. */
function attempt<Result>(read: () => Result): Promise<Result> {
  try {
    return Promise.resolve(read());
  } catch (error) {
    return Promise.reject(
      new StoreUnavailable(`The log cannot be read: ${(error as Error).message}`, { cause: error }),
    );
  }
}
