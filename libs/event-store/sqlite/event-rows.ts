import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { RecordedEvent } from '../event-store.js';
import { ALTERED, damagedEvent, openRecord } from '../integrity/chain.js';
import { isDamage } from '../sqlite-damage.js';

/** A damaged file may have other types in its columns. */
export interface Row extends PlaceRow {
  readonly position: number;
  readonly hash: unknown;
  readonly record: unknown;
}

/** The place of a row, which its record names too. */
interface PlaceRow {
  readonly stream: unknown;
  readonly revision: unknown;
}

/** The rows of the log with what is needed to open them. */
export const SELECT_ROWS = `SELECT events.position, events.hash, events.record, events.revision,
  streams.name AS stream FROM events LEFT JOIN streams ON streams.number = events.stream`;

/** The place of the row before or after a missing one. */
interface NeighbourRow {
  readonly position: number;
  readonly stream: string | null;
  readonly revision: number;
}

/** Opens rows of the log, and names those that are damaged or missing. */
export class EventRows {
  readonly #at: StatementSyncInstance;
  readonly #place: StatementSyncInstance;
  readonly #before: StatementSyncInstance;
  readonly #after: StatementSyncInstance;
  readonly #stream: StatementSyncInstance;

  constructor(database: DatabaseSyncInstance) {
    this.#at = database.prepare(`${SELECT_ROWS} WHERE position = ?`);
    // Only the index, which has the place of a record whose page is damaged.
    this.#place = database.prepare(
      `SELECT streams.name AS stream, events.revision
       FROM events INDEXED BY sqlite_autoindex_events_2
       LEFT JOIN streams ON streams.number = events.stream WHERE +events.position = ?`,
    );
    const place = `SELECT position, streams.name AS stream, revision FROM events
      LEFT JOIN streams ON streams.number = events.stream WHERE position`;
    this.#before = database.prepare(`${place} < ? ORDER BY position DESC LIMIT 1`);
    this.#after = database.prepare(`${place} > ? ORDER BY position LIMIT 1`);
    this.#stream = database.prepare('SELECT number FROM streams WHERE name = ?');
  }

  /** The event at a position; null if there is none. */
  at(position: number): RecordedEvent | null {
    const row = this.#rowAt(position);
    return row === MISSING ? null : this.#opened(row, position);
  }

  /**
   * Reads rows at once. Where a page of the file is damaged, or a row is missing, it reads them one by
   * one, so that only the damaged records cannot be used.
   *
   * @param read - returns null if a row is missing
   */
  surviving(
    read: () => readonly Row[] | null,
    positions: () => readonly Pick<Row, 'position'>[],
  ): readonly RecordedEvent[] {
    const rows = unlessDamaged(read);
    if (rows !== null) return rows.map((row) => this.open(row));
    return positions().map(({ position }) => this.#opened(this.#rowAt(position), position));
  }

  /** Null if its page is damaged. */
  #rowAt(position: number): Row | null {
    return unlessDamaged(() => (this.#at.get(position) ?? MISSING) as Row);
  }

  #opened(row: Row | null, position: number): RecordedEvent {
    if (row === null) return this.damaged({ position }, 'cannot be read');
    return row === MISSING
      ? this.damaged({ position }, `is missing${this.#neighboursOf(position)}`)
      : this.open(row);
  }

  /** The places around a missing row, which alone show where it was. */
  #neighboursOf(position: number): string {
    const [before, after] = [this.#before, this.#after].map((next) => {
      const row = unlessDamaged(() => next.get(position) as NeighbourRow | undefined);
      return row
        ? `position ${row.position} (${row.stream}, revision ${row.revision})`
        : 'no event';
    });
    return ` between ${before} and ${after}`;
  }

  /** The event of a row; if its hash or its place does not fit, an event that names the damage. */
  open(row: Row): RecordedEvent {
    const event = openRecord(row.record, hexOf(row.hash), BigInt(row.position));
    return event === null || this.#isElsewhere(event, row) ? this.damaged(row, ALTERED) : event;
  }

  /** Whether an event belongs to another row. If no stream has its name, that name is damaged. */
  #isElsewhere({ stream, revision }: RecordedEvent, row: Row): boolean {
    if (stream === row.stream && revision === row.revision) return false;
    return this.#stream.get(stream) !== undefined;
  }

  /** Names a damaged record by the columns of its row, or of the index. */
  damaged({ position }: Pick<Row, 'position'>, damage: string): RecordedEvent {
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
}

/** Stands for a row that does not exist. */
const MISSING: Row = { position: -1, hash: null, record: null, stream: null, revision: null };

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
