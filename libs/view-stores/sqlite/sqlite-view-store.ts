import {
  DatabaseSync,
  type DatabaseSyncInstance,
  type StatementSyncInstance,
} from '@photostructure/sqlite';
import type { Projection } from '#projections/projection.js';
import type { Lease, Leases, ConsumerIdentity } from '#consuming/lease.js';
import type { ViewReader, ProjectionStatus, ViewStore, WritableCopy } from '../view-store.js';
import { attempt } from './attempt.js';
import { askForRetry, completeCopies, COPIES_SCHEMA, setHalt, statusOf } from './copies.js';
import { GroupedWrites } from './grouped-writes.js';
import { LEASES_SCHEMA, SqliteLeases } from './leases.js';
import { SqliteViewReader } from './sqlite-view-reader.js';
import { beginCopy, SqliteCopy } from './sqlite-copy.js';
import { inTransaction } from './transaction.js';

/**
 * How long another process's transaction is waited for. Other projectors' take milliseconds; whoever
 * waits renews no lease meanwhile, so it is less than a lease lasts.
 */
const BUSY_MILLISECONDS = 3_000;

/**
 * Read models in one SQLite file. Documents and checkpoint share a transaction, so a crash loses
 * at most the last transactions, both sides of them, and they are projected again.
 */
export class SqliteViewStore implements ViewStore {
  readonly leases: Leases;
  readonly #database: DatabaseSyncInstance;
  readonly #writes: GroupedWrites;
  readonly #statements = new Map<string, StatementSyncInstance>();

  /** @throws Error naming the file and the remedy, where it cannot be used. */
  constructor(file: string) {
    try {
      this.#database = new DatabaseSync(file);
      this.#database.exec(
        `PRAGMA busy_timeout = ${BUSY_MILLISECONDS}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
         PRAGMA cache_size = -8000; ${COPIES_SCHEMA} ${LEASES_SCHEMA}`,
      );
      completeCopies(this.#database);
    } catch (error) {
      throw new Error(
        `${file} cannot be used (${(error as Error).message}). Read models are made again from the log: remove the file and start again.`,
        { cause: error },
      );
    }
    this.#writes = new GroupedWrites(this.#database);
    this.leases = new SqliteLeases(this.#database);
  }

  openForWriting<View>(projection: Projection<View>, lease: Lease): Promise<WritableCopy<View>> {
    return Promise.resolve(SqliteCopy.open(this.#database, this.#writes, projection, lease));
  }

  openRebuild<View>(
    projection: Projection<View>,
    lease: Lease,
  ): Promise<WritableCopy<View> | null> {
    return Promise.resolve(SqliteCopy.openRebuild(this.#database, this.#writes, projection, lease));
  }

  requestRebuild<View>(projection: Projection<View>): Promise<void> {
    return attempt(() => {
      inTransaction(this.#database, () => {
        const { live, rebuild } = statusOf(this.#database, projection);
        if (live !== null && rebuild === null) beginCopy(this.#database, projection);
      });
    });
  }

  requestRetry(projection: ConsumerIdentity): Promise<void> {
    return attempt(() => {
      askForRetry(this.#database, projection);
    });
  }

  setHalt(projection: ConsumerIdentity, reason: string | null): Promise<void> {
    return attempt(() => {
      setHalt(this.#database, projection, reason);
    });
  }

  status(projection: ConsumerIdentity): Promise<ProjectionStatus> {
    return attempt(() => statusOf(this.#database, projection));
  }

  reader<View>(projection: Projection<View>): ViewReader<View> {
    return new SqliteViewReader(projection, (sql) => this.#prepare(sql));
  }

  close(): Promise<void> {
    this.#writes.commit();
    try {
      this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch (error) {
      // Nothing is lost: what is in the write-ahead log is read from there at the next start.
      process.stderr.write(
        `The read models were closed as they are: ${(error as Error).message}\n`,
      );
    }
    this.#database.close();
    return Promise.resolve();
  }

  /** Prepared statements are kept: there are as many as there are shapes of queries. */
  #prepare(sql: string): StatementSyncInstance {
    const kept = this.#statements.get(sql);
    if (kept !== undefined) return kept;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
