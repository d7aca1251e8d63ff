import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { RecordedEvent } from '../event-store.js';
import { ALTERED, damagedEvent, openRecord } from '../integrity/chain.js';
import { isDamage } from '../sqlite-damage.js';

/** A damaged file may have other types in its columns. */
export interface Row {
  readonly position: number;
  readonly hash: unknown;
  readonly record: unknown;
}

interface PlaceRow {
  readonly stream: unknown;
  readonly revision: unknown;
}

/** What a row needs to be opened. */
export const COLUMNS = 'events.position, events.hash, events.record';

/** Opens rows of the log, and names those that are damaged or missing. */
export class EventRows {
  readonly #at: StatementSyncInstance;
  readonly #place: StatementSyncInstance;

  constructor(database: DatabaseSyncInstance) {
    this.#at = database.prepare(`SELECT ${COLUMNS} FROM events WHERE position = ?`);
    // Only the index, which has the place of a record whose page is damaged.
    this.#place = database.prepare(
      `SELECT streams.name AS stream, events.revision
       FROM events INDEXED BY sqlite_autoindex_events_2
       LEFT JOIN streams ON streams.number = events.stream WHERE +events.position = ?`,
    );
  }

  /** The event at a position; null if there is none. */
  at(position: number): RecordedEvent | null {
    const row = this.#at.get(position) as Row | undefined;
    return row === undefined ? null : this.open(row);
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
    return positions().map((place) => this.#openAt(place));
  }

  #openAt(place: Pick<Row, 'position'>): RecordedEvent {
    const row = unlessDamaged(() => (this.#at.get(place.position) ?? MISSING) as Row);
    if (row === null) return this.damaged(place, 'cannot be read');
    return row === MISSING ? this.damaged(place, 'is missing') : this.open(row);
  }

  /** The event of a row; if its hash does not fit, an event that names the damage. */
  open(row: Row): RecordedEvent {
    return (
      openRecord(row.record, hexOf(row.hash), BigInt(row.position)) ?? this.damaged(row, ALTERED)
    );
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
