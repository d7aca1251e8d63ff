import type { BroadcastChannel } from 'node:worker_threads';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { commitsOf, DatabaseChanges } from '#event-store/database-changes.js';
import type { Wait } from '#event-store/follow.js';
import type { Projection } from '#projections/projection.js';
import type { Lease, Leases, ConsumerIdentity } from '#consuming/lease.js';
import type { ViewReader, ProjectionStatus, ViewStore, WritableCopy } from '../view-store.js';
import { attempt } from './attempt.js';
import { markForRetry, setHalt, statusOf } from './copies.js';
import { GroupedWrites } from './grouped-writes.js';
import { openDocuments } from './layout.js';
import { SqliteLeases } from './leases.js';
import { SqliteViewReader } from './sqlite-view-reader.js';
import { beginCopy, SqliteCopy } from './sqlite-copy.js';
import { StatementCache } from './statement-cache.js';
import { tableOf } from './tables.js';
import { inTransaction } from './transaction.js';

/**
 * Read models in one SQLite file. Documents and checkpoint share a transaction, so a crash loses
 * at most the last transactions as a whole, and their events are projected again.
 */
export class SqliteViewStore implements ViewStore {
  readonly leases: Leases;
  readonly #database: DatabaseSyncInstance;
  readonly #commits: BroadcastChannel;
  readonly #changes: DatabaseChanges;
  readonly #writes: GroupedWrites;
  readonly #statements: StatementCache;

  /** @throws Error naming the file and the remedy if it cannot be used. */
  constructor(file: string) {
    this.#database = openDocuments(file);
    this.#commits = commitsOf(file);
    this.#changes = new DatabaseChanges(file, this.#database);
    this.#statements = new StatementCache(this.#database);
    this.#writes = new GroupedWrites(this.#database, this.#commits);
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
    return new SqliteViewReader(projection, (sql) => this.#statements.prepare(sql));
  }

  waitForWrite(timeoutMs: number): Wait {
    return this.#changes.wait(null, timeoutMs);
  }

  /** Whether every copy has its table. */
  isWhole(): boolean {
    try {
      inTransaction(this.#database, () => {
        const copies = this.#database.prepare('SELECT number FROM copies').all();
        for (const { number } of copies as { number: number }[])
          this.#database.prepare(`SELECT * FROM ${tableOf(number)} LIMIT 1`).get();
      });
      return true;
    } catch {
      return false;
    }
  }

  /** Closes a file that was removed. */
  abandon(): void {
    this.#writes.commit();
    this.#commits.close();
    this.#changes.close();
    this.#database.close();
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
    this.abandon();
    return Promise.resolve();
  }
}
