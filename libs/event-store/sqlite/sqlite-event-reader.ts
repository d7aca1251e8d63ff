import { setImmediate } from 'node:timers/promises';
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
import { ALTERED, damagedEvent, openRecord } from '../integrity/chain.js';
import { DatabaseChanges } from '../database-changes.js';
import { follow } from '../follow.js';
import { isDamage } from '../sqlite-damage.js';
import { uuidBytes } from '../uuid-bytes.js';
import { filesIn } from './protocol.js';
import { openLogForReading } from './schema.js';

/** A damaged file may have other types in its columns. */
interface Row {
  readonly position: number;
  readonly hash: unknown;
  readonly record: unknown;
}

interface PlaceRow {
  readonly stream: unknown;
  readonly revision: unknown;
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
  readonly #place: StatementSyncInstance;
  readonly #positions: StatementSyncInstance;

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
    // Only the index, which has the place of a record whose page is damaged.
    this.#place = prepare(
      `SELECT streams.name AS stream, events.revision
       FROM events INDEXED BY sqlite_autoindex_events_2
       LEFT JOIN streams ON streams.number = events.stream WHERE +events.position = ?`,
    );
    this.#positions = prepare(
      `SELECT position FROM events
       WHERE stream = (SELECT number FROM streams WHERE name = ?) AND revision >= ?
       ORDER BY revision LIMIT ?`,
    );
  }

  readStream(stream: string, options: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    const { direction = 'forwards', limit } = options;
    if (direction === 'backwards') {
      const { from = Number.MAX_SAFE_INTEGER } = options;
      return inSlices(limit, (count, last) => {
        const rows = this.#backwards.all(
          stream,
          last === undefined ? from : last.revision - 1,
          count,
        );
        return (rows as Row[]).map((row) => this.#open(row));
      });
    }
    let next = options.from ?? 0;
    return inSlices(limit, (count) => {
      const events = this.#surviving(
        () => this.#forwards.all(stream, next, count) as Row[],
        () => this.#positions.all(stream, next, count) as Pick<Row, 'position'>[],
      );
      // The revision of a damaged record may be unknown.
      next = Math.max(next + events.length, (events.at(-1)?.revision ?? 0) + 1);
      return events;
    });
  }

  readAll({ after, limit }: ReadAllOptions): Promise<readonly RecordedEvent[]> {
    return inSlices(limit, (most, last) => {
      const before = Number(last?.position ?? after);
      return this.#surviving(
        () => {
          const rows = this.#all.all(before, most) as Row[];
          return hasGap(before, rows) ? null : rows;
        },
        () => positionsBetween(before, Math.min(this.#headPosition(), before + most)),
      );
    });
  }

  subscribeToAll(options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]> {
    return follow(this, this.#changes, options);
  }

  findEvent(id: string): Promise<RecordedEvent | null> {
    return attempt(() => {
      const row = this.#byId.get(uuidBytes(id)) as Row | undefined;
      if (row === undefined) return null;
      const event = this.#open(row);
      return event.id === id ? event : this.#damaged(row, ALTERED);
    });
  }

  eventAt(position: Position): Promise<RecordedEvent | null> {
    return attempt(() => {
      const row = this.#at.get(Number(position)) as Row | undefined;
      return row === undefined ? null : this.#open(row);
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

  /**
   * Reads rows at once. Where a page of the file is damaged, or a row is missing, it reads them one by
   * one, so that only the damaged records cannot be used.
   *
   * @param read - returns null if a row is missing
   */
  #surviving(
    read: () => readonly Row[] | null,
    positions: () => readonly Pick<Row, 'position'>[],
  ): readonly RecordedEvent[] {
    const rows = unlessDamaged(read);
    if (rows !== null) return rows.map((row) => this.#open(row));
    return positions().map((place) => this.#openAt(place));
  }

  #openAt(place: Pick<Row, 'position'>): RecordedEvent {
    const row = unlessDamaged(() => (this.#at.get(place.position) ?? MISSING) as Row);
    if (row === null) return this.#damaged(place, 'cannot be read');
    return row === MISSING ? this.#damaged(place, 'is missing') : this.#open(row);
  }

  #open(row: Row): RecordedEvent {
    return (
      openRecord(row.record, hexOf(row.hash), BigInt(row.position)) ?? this.#damaged(row, ALTERED)
    );
  }

  /** Names a damaged record by the columns of its row, or of the index. */
  #damaged({ position }: Pick<Row, 'position'>, damage: string): RecordedEvent {
    const place = unlessDamaged(() => this.#place.get(position) as PlaceRow | undefined);
    const { stream, revision } = place ?? {};
    return damagedEvent(
      {
        stream: typeof stream === 'string' ? stream : UNKNOWN_STREAM,
        revision: typeof revision === 'number' && revision >= 0 ? revision : 0,
        position: BigInt(position),
      },
      damage,
    );
  }

  #headPosition(): number {
    const row = this.#head.get() as { position: number | null };
    return row.position ?? Number(START);
  }
}

/** Positions are consecutive, so a gap between rows is a page or a row that was lost. */
const hasGap = (after: number, rows: readonly Row[]): boolean =>
  (rows.at(-1)?.position ?? after) - after !== rows.length;

const positionsBetween = (after: number, last: number) =>
  Array.from({ length: Math.max(0, last - after) }, (_, index) => ({
    position: after + 1 + index,
  }));

/** Stands for a row that does not exist. */
const MISSING: Row = { position: -1, hash: null, record: null };

/** Null if SQLite finds that the file is damaged. */
function unlessDamaged<Result>(read: () => Result): Result | null {
  try {
    return read();
  } catch (error) {
    if (isDamage(error)) return null;
    throw error;
  }
}

/** The name of the stream of a damaged record if no index has it. */
const UNKNOWN_STREAM = 'an unknown stream';

const hexOf = (hash: unknown): string =>
  hash instanceof Uint8Array ? Buffer.from(hash).toString('hex') : '';

/** A record has little more than the 64 KiB of a request: a slice is read in a few milliseconds. */
const SLICE_EVENTS = 16;

/** Reads events slice by slice. Other work of the thread runs in between. */
async function inSlices(
  limit: number,
  read: (limit: number, last: RecordedEvent | undefined) => readonly RecordedEvent[],
): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (;;) {
    const wanted = Math.min(limit - events.length, SLICE_EVENTS);
    const slice = await attempt(() => read(wanted, events.at(-1)));
    events.push(...slice);
    if (slice.length < wanted || events.length >= limit) return events;
    await setImmediate();
  }
}

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
