import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { Checkpoint } from '#consuming/checkpoint.js';
import type { Projection } from '#projections/projection.js';
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
import { DocumentTable } from './document-table.js';
import type { GroupedWrites } from './grouped-writes.js';
import { fillLists } from './fill-lists.js';
import { requireLease } from './leases.js';
import { createIndexes, createTables, tableOf } from './tables.js';
import { inTransaction } from './transaction.js';

/** Sorting the rows of this many documents takes about a second. */
const DOCUMENTS_PER_RANGE = 30_000;

/** One copy of a projection in SQLite, open for its projector. */
export class SqliteCopy<View> implements WritableCopy<View> {
  readonly #documents: DocumentTable<View>;
  readonly #move: StatementSyncInstance;
  readonly #isHere: StatementSyncInstance;
  #checkpoint: Checkpoint;
  #live: boolean;

  /**
   * Opens the live copy, otherwise the one being built, otherwise a new one. Starts a rebuild of a live
   * copy with documents without checksums.
   */
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
      const isOld = row.live === 1 && row.sealed === 0 && row.halted === null;
      if (isOld && findCopy(database, projection, false) === undefined)
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
    this.#documents = new DocumentTable(database, row.number, projection);
    this.#checkpoint = checkpointOf(row);
    this.#live = row.live === 1;
    this.#move = database.prepare(
      'UPDATE copies SET checkpoint = ?, event_id = ?, event_hash = ? WHERE number = ?',
    );
    this.#isHere = database.prepare(
      `SELECT 1 FROM copies, leases WHERE number = ? AND mark = ? AND token = ?
       AND leases.projection = copies.projection AND leases.version = copies.version`,
    );
  }

  get checkpoint(): Checkpoint {
    return this.#checkpoint;
  }

  get live(): boolean {
    return this.#live;
  }

  load(ids: readonly string[]): Promise<Map<string, View>> {
    if (ids.length === 0) return Promise.resolve(new Map<string, View>());
    return Promise.resolve(this.#whileHere(() => this.#documents.load(ids)));
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
      const { position, event } = checkpoint;
      this.#move.run(Number(position), event?.id ?? null, event?.hash ?? null, this.row.number);
      for (const change of changes) this.#documents.write(change, this.#live);
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
