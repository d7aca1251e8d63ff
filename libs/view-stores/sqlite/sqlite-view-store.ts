import {
  DatabaseSync,
  type DatabaseSyncInstance,
  type StatementSyncInstance,
} from '@photostructure/sqlite';
import type { Projection } from '#projections/projection.js';
import type { Lease, Leases, ConsumerIdentity } from '#consuming/lease.js';
import type { ViewReader, ProjectionStatus, ViewStore, WritableCopy } from '../view-store.js';
import { attempt } from './attempt.js';
import { markForRetry, completeCopies, COPIES_SCHEMA, setHalt, statusOf } from './copies.js';
import { GroupedWrites } from './grouped-writes.js';
import { LEASES_SCHEMA, SqliteLeases } from './leases.js';
import { SqliteViewReader } from './sqlite-view-reader.js';
import { beginCopy, SqliteCopy } from './sqlite-copy.js';
import { inTransaction } from './transaction.js';

/**
 * How long to wait for a transaction of another process. Those of projectors take milliseconds. A
 * waiting process renews no lease, so this is less than a lease's duration.
 */
const BUSY_TIMEOUT_MS = 3_000;

/**
 * Read models in one SQLite file. Documents and checkpoint share a transaction, so a crash loses
 * at most the last transactions as a whole, and their events are projected again.
 */
export class SqliteViewStore implements ViewStore {
  readonly leases: Leases;
  readonly #database: DatabaseSyncInstance;
  readonly #writes: GroupedWrites;
  readonly #statements = new Map<string, StatementSyncInstance>();

  /** @throws Error naming the file and the remedy if it cannot be used. */
  constructor(file: string) {
    try {
      this.#database = new DatabaseSync(file);
      this.#database.exec(
        `PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
         PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 4000; ${COPIES_SCHEMA} ${LEASES_SCHEMA}`,
      );
      completeCopies(this.#database);
    } catch (error) {
      throw new Error(
        `${file} cannot be used (${(error as Error).message}). Remove the file and start again: read models are rebuilt from the log.`,
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
      markForRetry(this.#database, projection);
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
      // Nothing is lost: the next start reads the write-ahead log.
      process.stderr.write(
        `The read models were closed without a checkpoint: ${(error as Error).message}\n`,
      );
    }
    this.#database.close();
    return Promise.resolve();
  }

  /** Caches prepared statements, one per shape of query. */
  #prepare(sql: string): StatementSyncInstance {
    const cached = this.#statements.get(sql);
    if (cached !== undefined) return cached;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
