import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { Checkpoint } from '#consuming/checkpoint.js';
import type { FieldValue, Projection } from '#projections/projection.js';
import type { Lease } from '#consuming/lease.js';
import {
  CopyMoved,
  type Change,
  type CopyReport,
  type ParkedStream,
  type Parking,
  type WritableCopy,
} from '../view-store.js';
import {
  addCopy,
  changeParking,
  checkpointOf,
  dropCopy,
  findCopy,
  isThere,
  makeLive,
  parkedIn,
  writeReport,
  type CopyRow,
} from './copies.js';
import type { GroupedWrites } from './grouped-writes.js';
import { fillLists } from './fill-lists.js';
import { requireLease } from './leases.js';
import { columnOf, createIndexes, createTables, listTableOf, tableOf } from './tables.js';
import { updateList, type ListStatements } from './update-list.js';
import { inTransaction } from './transaction.js';

/** Sorting the rows of this many documents takes about a second. */
const DOCUMENTS_PER_RANGE = 30_000;

/** One copy of a projection in SQLite, open for its projector. */
export class SqliteCopy<View> implements WritableCopy<View> {
  readonly #load: StatementSyncInstance;
  readonly #insert: StatementSyncInstance;
  readonly #updates = new Map<string, StatementSyncInstance>();
  readonly #remove: StatementSyncInstance;
  readonly #numberOf: StatementSyncInstance;
  readonly #move: StatementSyncInstance;
  readonly #isHere: StatementSyncInstance;
  readonly #lists: readonly ListStatements[];
  readonly #fields: readonly (readonly [column: string, valueOf: (view: View) => FieldValue])[];
  #checkpoint: Checkpoint;
  #live: boolean;

  /** Opens the live copy, otherwise the one being built, otherwise a new one. */
  static open<View>(
    database: DatabaseSyncInstance,
    writes: GroupedWrites,
    projection: Projection<View>,
    lease: Lease,
  ): SqliteCopy<View> {
    return inTransaction(database, () => {
      requireLease(database, lease);
      const row =
        findCopy(database, projection, true) ??
        findCopy(database, projection, false) ??
        beginCopy(database, projection);
      return new SqliteCopy(database, writes, projection, row, lease);
    });
  }

  /** Opens the rebuild of a live copy. */
  static openRebuild<View>(
    database: DatabaseSyncInstance,
    writes: GroupedWrites,
    projection: Projection<View>,
    lease: Lease,
  ): SqliteCopy<View> | null {
    requireLease(database, lease);
    const row = findCopy(database, projection, false);
    if (row === undefined || findCopy(database, projection, true) === undefined) return null;
    return new SqliteCopy(database, writes, projection, row, lease);
  }

  private constructor(
    private readonly database: DatabaseSyncInstance,
    private readonly writes: GroupedWrites,
    private readonly projection: Projection<View>,
    private readonly row: CopyRow,
    private readonly lease: Lease,
  ) {
    const prepare = (sql: string) => database.prepare(sql);
    const table = tableOf(row.number);
    this.#fields = Object.entries(projection.fields).map(([field, valueOf]) => [
      columnOf(field),
      valueOf,
    ]);
    this.#checkpoint = checkpointOf(row);
    this.#live = row.live === 1;
    this.#load = prepare(
      `SELECT id, view FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`,
    );
    const names = ['id', 'view', ...this.#fields.map(([column]) => column)];
    const replaced = names.slice(1).map((column) => `${column} = excluded.${column}`);
    // RETURNING is avoided: with it, SQLite journals each page that a statement changes.
    this.#insert = prepare(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})
       ON CONFLICT (id) DO UPDATE SET ${replaced.join(', ')}`,
    );
    this.#remove = prepare(`DELETE FROM ${table} WHERE id = ?`);
    this.#numberOf = prepare(`SELECT number FROM ${table} WHERE id = ?`);
    this.#move = prepare('UPDATE copies SET checkpoint = ?, event_id = ? WHERE number = ?');
    this.#isHere = prepare(
      `SELECT 1 FROM copies, leases WHERE number = ? AND mark = ? AND token = ?
       AND leases.projection = copies.projection AND leases.version = copies.version`,
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

  get checkpoint(): Checkpoint {
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

  /** @throws CopyMoved if it fails because the copy was dropped. */
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

  async write(
    changes: readonly Change<View>[],
    checkpoint: Checkpoint,
    parking?: Parking,
  ): Promise<void> {
    await this.writes.run(() => {
      this.#requireOwn();
      this.#move.run(Number(checkpoint.position), checkpoint.eventId, this.row.number);
      for (const change of changes) this.#write(change);
      if (parking !== undefined && parking.park.length + parking.release.length > 0)
        changeParking(this.database, this.row.number, parking);
    });
    this.#checkpoint = checkpoint;
  }

  report(report: CopyReport): Promise<void> {
    inTransaction(this.database, () => {
      if (this.#isOwn()) writeReport(this.database, this.row.number, report);
    });
    return Promise.resolve();
  }

  async goLive(): Promise<void> {
    this.#requireOwn();
    if (!this.#live) await this.#fillLists();
    this.#requireOwn();
    for (const sql of createIndexes(this.row.number, this.projection)) this.database.exec(sql);
    // Sampled statistics let the planner compare the selectivity of indexes.
    this.database.exec(`PRAGMA analysis_limit = 1000; ANALYZE ${tableOf(this.row.number)}`);
    inTransaction(this.database, () => {
      this.#requireOwn();
      makeLive(this.database, this.projection, this.row.number);
    });
    this.#live = true;
  }

  discard(): Promise<void> {
    inTransaction(this.database, () => {
      this.#requireOwn();
      dropCopy(this.database, this.row.number);
    });
    return Promise.resolve();
  }

  #fillLists(): Promise<void> {
    const { database, projection } = this;
    const write = (work: () => void) => {
      inTransaction(database, () => {
        this.#requireOwn();
        work();
      });
    };
    const copy = this.row.number;
    return fillLists({ database, copy, projection, documentsPerRange: DOCUMENTS_PER_RANGE, write });
  }

  /** Whether the copy exists and its lease is still held. */
  #isOwn(): boolean {
    const { number, mark } = this.row;
    return this.#isHere.get(number, mark, this.lease.token) !== undefined;
  }

  #requireOwn(): void {
    if (this.#isOwn()) return;
    throw new CopyMoved(
      `Projection ${this.projection.name} was replaced by another copy, or another projector has its lease.`,
    );
  }

  #write(change: Change<View>): void {
    const { id, before, after } = change;
    // The lists of a copy that is not live are filled all at once in goLive().
    if (after === null) {
      if (this.#live) this.#writeLists(change);
      this.#remove.run(id);
      return;
    }
    if (before === null) this.#insert.run(id, JSON.stringify(after), ...this.#valuesOf(after));
    else this.#update(id, before, after);
    if (this.#live) this.#writeLists(change);
  }

  #valuesOf(view: View): FieldValue[] {
    return this.#fields.map(([, valueOf]) => valueOf(view));
  }

  /** Sets only the fields that differ: SQLite writes every index of a column that is set. */
  #update(id: string, before: View, after: View): void {
    const columns = ['view'];
    const values: FieldValue[] = [JSON.stringify(after)];
    for (const [column, valueOf] of this.#fields) {
      const value = valueOf(after);
      if (value === valueOf(before)) continue;
      columns.push(column);
      values.push(value);
    }
    const sets = columns.map((column) => `${column} = ?`).join(', ');
    let update = this.#updates.get(sets);
    if (update === undefined) {
      update = this.database.prepare(`UPDATE ${tableOf(this.row.number)} SET ${sets} WHERE id = ?`);
      this.#updates.set(sets, update);
    }
    update.run(...values, id);
  }

  /** Runs while the document exists, because it needs its number. */
  #writeLists({ id, before, after }: Change<View>): void {
    const numberOf = () => (this.#numberOf.get(id) as { number: number }).number;
    for (const list of this.#lists) {
      const had = before === null ? [] : list.valuesOf(before as never);
      const has = after === null ? [] : list.valuesOf(after as never);
      if (had !== has) updateList(list, had, has, numberOf);
    }
  }
}

/** Creates an empty copy, within a transaction. */
export function beginCopy<View>(
  database: DatabaseSyncInstance,
  projection: Projection<View>,
): CopyRow {
  const row = addCopy(database, projection);
  database.exec(createTables(row.number, projection));
  return row;
}
