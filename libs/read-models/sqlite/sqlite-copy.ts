import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { Position } from '#event-store/event-store.js';
import type { Projection } from '../projection.js';
import {
  CopyMoved,
  type Change,
  type CopyReport,
  type ParkedStream,
  type Parking,
  type WritableCopy,
} from '../store.js';
import {
  addCopy,
  changeParking,
  findCopy,
  isAsLeft,
  isThere,
  makeLive,
  parkedIn,
  writeReport,
  type CopyRow,
} from './copies.js';
import { fillLists } from './fill-lists.js';
import { columnOf, createIndexes, createTables, listTableOf, tableOf } from './tables.js';

/** Sorting the rows of so many documents takes about a second. */
const DOCUMENTS_A_RANGE = 30_000;

interface ListStatements {
  readonly valuesOf: (view: never) => readonly string[];
  readonly insert: StatementSyncInstance;
  readonly remove: StatementSyncInstance;
}

/** One copy of a projection in SQLite, open for its projector. */
export class SqliteCopy<View> implements WritableCopy<View> {
  readonly #load: StatementSyncInstance;
  readonly #upsert: StatementSyncInstance;
  readonly #remove: StatementSyncInstance;
  readonly #move: StatementSyncInstance;
  readonly #lists: readonly ListStatements[];
  readonly #fields: readonly ((view: View) => string | number | null)[];
  #checkpoint: Position;
  #mark: number;
  #live: boolean;

  /** The live copy; where there is none the one that is being made, or a new and empty one. */
  static open<View>(
    database: DatabaseSyncInstance,
    projection: Projection<View>,
  ): SqliteCopy<View> {
    const row =
      findCopy(database, projection, true) ??
      findCopy(database, projection, false) ??
      beginCopy(database, projection);
    return new SqliteCopy(database, projection, row);
  }

  /** The copy that is being made beside a live one. */
  static openRebuild<View>(
    database: DatabaseSyncInstance,
    projection: Projection<View>,
  ): SqliteCopy<View> | null {
    const row = findCopy(database, projection, false);
    if (row === undefined || findCopy(database, projection, true) === undefined) return null;
    return new SqliteCopy(database, projection, row);
  }

  private constructor(
    private readonly database: DatabaseSyncInstance,
    private readonly projection: Projection<View>,
    private readonly row: CopyRow,
  ) {
    const prepare = (sql: string) => database.prepare(sql);
    const table = tableOf(row.number);
    const columns = Object.keys(projection.fields).map(columnOf);
    this.#fields = Object.values(projection.fields);
    this.#checkpoint = BigInt(row.checkpoint);
    this.#mark = row.mark;
    this.#live = row.live === 1;
    this.#load = prepare(
      `SELECT id, view FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`,
    );
    const names = ['id', 'view', ...columns];
    const updates = names.slice(1).map((column) => `${column} = excluded.${column}`);
    this.#upsert = prepare(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})
       ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')} RETURNING number`,
    );
    this.#remove = prepare(`DELETE FROM ${table} WHERE id = ? RETURNING number`);
    this.#move = prepare(
      'UPDATE copies SET checkpoint = ?, mark = mark + 1 WHERE number = ? AND mark = ?',
    );
    this.#lists = Object.entries(projection.lists).map(([list, valuesOf]) => {
      const listTable = listTableOf(row.number, list);
      return {
        valuesOf,
        insert: prepare(`INSERT OR IGNORE INTO ${listTable} (value, document) VALUES (?, ?)`),
        remove: prepare(`DELETE FROM ${listTable} WHERE value = ? AND document = ?`),
      };
    });
  }

  get checkpoint(): Position {
    return this.#checkpoint;
  }

  get live(): boolean {
    return this.#live;
  }

  load(ids: readonly string[]): Promise<Map<string, View>> {
    if (ids.length === 0) return Promise.resolve(new Map<string, View>());
    const rows = this.#whileHere(
      () => this.#load.all(JSON.stringify(ids)) as { id: string; view: string }[],
    );
    return Promise.resolve(new Map(rows.map(({ id, view }) => [id, JSON.parse(view) as View])));
  }

  /** @throws CopyMoved where it fails because the copy was dropped. */
  #whileHere<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      if (isThere(this.database, this.row.number)) throw error;
      throw new CopyMoved(`Projection ${this.projection.name} was replaced by another copy.`, {
        cause: error,
      });
    }
  }

  parked(): Promise<Map<string, ParkedStream>> {
    const parked = parkedIn(this.database, this.row.number);
    return Promise.resolve(new Map(parked.map((one) => [one.stream, one])));
  }

  write(changes: readonly Change<View>[], checkpoint: Position, parking?: Parking): Promise<void> {
    inTransaction(this.database, () => {
      const moved = this.#move.run(Number(checkpoint), this.row.number, this.#mark);
      if (moved.changes !== 1) throw this.#moved();
      for (const change of changes) this.#write(change);
      if (parking !== undefined) changeParking(this.database, this.row.number, parking);
    });
    this.#checkpoint = checkpoint;
    this.#mark += 1;
    return Promise.resolve();
  }

  report(report: CopyReport): Promise<void> {
    writeReport(this.database, this.row.number, report);
    return Promise.resolve();
  }

  async goLive(): Promise<void> {
    if (!this.#live) await this.#fillLists();
    this.#check();
    for (const sql of createIndexes(this.row.number, this.projection)) this.database.exec(sql);
    // A look at samples tells the planner which of two indexes leaves fewer rows.
    this.database.exec(`PRAGMA analysis_limit = 1000; ANALYZE ${tableOf(this.row.number)}`);
    inTransaction(this.database, () => {
      makeLive(this.database, this.projection.name, this.row.number);
    });
    this.#live = true;
  }

  /** Whoever does the same at the same time finds the copy moved: one of two goes on. */
  #fillLists(): Promise<void> {
    const { database, projection, row } = this;
    inTransaction(database, () => {
      const moved = this.#move.run(Number(this.#checkpoint), row.number, this.#mark);
      if (moved.changes !== 1) throw this.#moved();
    });
    this.#mark += 1;
    const write = (work: () => void) => {
      inTransaction(database, () => {
        this.#check();
        work();
      });
    };
    const copy = row.number;
    return fillLists({ database, copy, projection, documentsARange: DOCUMENTS_A_RANGE, write });
  }

  #check(): void {
    if (!isAsLeft(this.database, this.row.number, this.#mark)) throw this.#moved();
  }

  #moved(): CopyMoved {
    return new CopyMoved(
      `Projection ${this.projection.name} was written by another projector meanwhile.`,
    );
  }

  #write({ id, before, after }: Change<View>): void {
    const row = (
      after === null
        ? this.#remove.get(id)
        : this.#upsert.get(id, JSON.stringify(after), ...this.#fields.map((field) => field(after)))
    ) as { number: number } | undefined;
    // The lists of a copy that nobody asks are filled at once, before it goes live.
    if (row === undefined || !this.#live) return;
    for (const list of this.#lists) {
      const had = before === null ? [] : list.valuesOf(before as never);
      const has = after === null ? [] : list.valuesOf(after as never);
      if (had === has) continue;
      updateList(list, row.number, had, has);
    }
  }
}

/** Makes a new and empty copy. */
export function beginCopy<View>(
  database: DatabaseSyncInstance,
  projection: Projection<View>,
): CopyRow {
  return inTransaction(database, () => {
    const row = addCopy(database, projection);
    database.exec(createTables(row.number, projection));
    return row;
  });
}

function updateList(
  { insert, remove }: ListStatements,
  document: number,
  had: readonly string[],
  has: readonly string[],
): void {
  // Most lists grow at their end, or stay: what they begin with alike is passed over.
  let same = 0;
  while (same < had.length && had[same] === has[same]) same++;
  const before = new Set(had.slice(same));
  if (before.size > 0) {
    const after = new Set(has);
    for (const value of before) if (!after.has(value)) remove.run(value, document);
  }
  for (const value of has.slice(same)) if (!before.has(value)) insert.run(value, document);
}

function inTransaction<Result>(database: DatabaseSyncInstance, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
