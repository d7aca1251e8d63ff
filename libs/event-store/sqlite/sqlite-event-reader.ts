import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import {
  START,
  type EventReader,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  type SubscribeOptions,
} from '../event-store.js';
import { ALTERED } from '../integrity/chain.js';
import { DatabaseChanges } from '../database-changes.js';
import { follow } from '../follow.js';
import { uuidBytes } from '../uuid-bytes.js';
import { SELECT_ROWS, EventRows, type Row } from './event-rows.js';
import { filesIn } from './protocol.js';
import { WatchedFiles } from './watched-files.js';
import { openLogForReading } from './schema.js';
import { attempt, inSlices } from './slices.js';

/** A file that was removed or exchanged is noticed after this time. */
const WATCH_INTERVAL_MS = 1_000;

/** Reads an embedded log, in any thread or process. It sees only committed events. */
export class SqliteEventReader implements EventReader {
  readonly #database: DatabaseSyncInstance;
  readonly #changes: DatabaseChanges;
  readonly #watched: WatchedFiles;
  #watchedAt = -Infinity;
  readonly #rows: EventRows;
  readonly #forwards: StatementSyncInstance;
  readonly #backwards: StatementSyncInstance;
  readonly #all: StatementSyncInstance;
  readonly #byId: StatementSyncInstance;
  readonly #head: StatementSyncInstance;
  readonly #positions: StatementSyncInstance;

  /** @throws UnusableDataFile if the folder has no readable log. */
  constructor(folder: string) {
    const file = filesIn(folder).log;
    this.#database = openLogForReading(file);
    this.#watched = new WatchedFiles(file);
    this.#changes = new DatabaseChanges(file, this.#database);
    const prepare = (sql: string) => this.#database.prepare(sql);
    const stream = `${SELECT_ROWS}
      WHERE events.stream = (SELECT number FROM streams WHERE name = ?) AND revision`;
    this.#forwards = prepare(`${stream} >= ? ORDER BY revision LIMIT ?`);
    this.#backwards = prepare(`${stream} <= ? ORDER BY revision DESC LIMIT ?`);
    this.#all = prepare(`${SELECT_ROWS} WHERE position > ? ORDER BY position LIMIT ?`);
    this.#rows = new EventRows(this.#database);
    this.#byId = prepare(`${SELECT_ROWS} WHERE id = ?`);
    this.#head = prepare('SELECT max(position) AS position FROM events');
    this.#positions = prepare(
      `SELECT position FROM events
       WHERE stream = (SELECT number FROM streams WHERE name = ?) AND revision >= ?
       ORDER BY revision LIMIT ?`,
    );
  }

  async readStream(stream: string, options: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    this.requireSameLog();
    const { direction = 'forwards', limit } = options;
    if (direction === 'backwards') {
      const { from = Number.MAX_SAFE_INTEGER } = options;
      return inSlices(limit, (count, last) => {
        const rows = this.#backwards.all(
          stream,
          last === undefined ? from : last.revision - 1,
          count,
        );
        return (rows as Row[]).map((row) => this.#rows.open(row));
      });
    }
    let next = options.from ?? 0;
    return inSlices(limit, (count) => {
      const events = this.#rows.surviving(
        () => this.#forwards.all(stream, next, count) as Row[],
        () => this.#positions.all(stream, next, count) as Pick<Row, 'position'>[],
      );
      // The revision of a damaged record may be unknown.
      next = Math.max(next + events.length, (events.at(-1)?.revision ?? 0) + 1);
      return events;
    });
  }

  async readAll({ after, limit }: ReadAllOptions): Promise<readonly RecordedEvent[]> {
    this.requireSameLog();
    return inSlices(limit, (most, last) => {
      const before = Number(last?.position ?? after);
      return this.#rows.surviving(
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
      const event = this.#rows.open(row);
      return event.id === id ? event : this.#rows.damaged(row, ALTERED);
    });
  }

  eventAt(position: Position): Promise<RecordedEvent | null> {
    return attempt(() => this.#rows.at(Number(position)));
  }

  async headPosition(): Promise<Position> {
    this.requireSameLog();
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
   * Now and then looks whether the path still leads to the open file.
   *
   * @throws LogFileReplaced
   */
  protected requireSameLog(): void {
    if (performance.now() - this.#watchedAt < WATCH_INTERVAL_MS) return;
    this.#watched.requireSameLog();
    this.#watchedAt = performance.now();
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
