import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { acceptsLoss, AppendsRefused, lossRefusal, type LogLoss } from '../log-loss.js';
import type { LogMark } from '../log-mark.js';
import type { AppendOutcome, AppendRequest } from './append-request.js';
import { lossIn } from './loss-in.js';
import { OpenLog } from './open-log.js';
import { openLog } from './schema.js';
import { LogFileReplaced, WatchedFiles } from './watched-files.js';

/** Why appends are refused, as it passes between threads. */
export interface Refusal {
  readonly reason: string;
  readonly loss: LogLoss | null;
}

/** Writes groups of appends: a transaction per group, a savepoint per append. */
export class LogWriter {
  readonly #file: string;
  readonly #mark: LogMark;
  readonly #watched: WatchedFiles;
  #open: OpenLog | null;
  #refusal: AppendsRefused | null = null;

  /**
   * @param logId the file that this process opened first, as {@link LogWriter.logId}
   * @throws UnusableDataFile if a file cannot be used.
   */
  constructor(file: string, mark: LogMark, logId?: string) {
    this.#file = file;
    this.#mark = mark;
    if (logId !== undefined) new WatchedFiles(file, logId).requireSameLog();
    const database = openLog(file);
    this.#watched = new WatchedFiles(file, logId);
    this.#open = this.#opened(database);
  }

  /** The identity of the log's file. */
  get logId(): string {
    return this.#watched.logId;
  }

  get refusal(): Refusal | null {
    return this.#refusal && { reason: this.#refusal.message, loss: this.#refusal.loss };
  }

  /**
   * Writes a group. Returns once it is on disk, with one outcome per append, in order.
   *
   * After a failed write or fsync the state on disk is unknown, so the database is closed and
   * the next group reopens it (https://sqlite.org/atomiccommit.html and "fsyncgate").
   */
  write(group: readonly AppendRequest[]): readonly AppendOutcome[] {
    try {
      this.verify();
      this.#open ??= this.#reopen();
      const isAcceptance = group.some(({ events }) => acceptsLoss(events));
      if (this.#refusal !== null && !(isAcceptance && this.#refusal.loss !== null))
        throw this.#refusal;
      const outcomes = this.#open.write(group);
      this.#watched.verify();
      this.#remember(this.#open);
      this.#refusal = null;
      return outcomes;
    } catch (error) {
      if (error instanceof AppendsRefused) this.#refusal = error;
      else this.#reset();
      const reason = (error as Error).message;
      return group.map(() => ({ kind: 'unavailable', reason }));
    }
  }

  /** Compares the log's files with those that were opened, and updates {@link refusal}. */
  verify(): void {
    try {
      const isWritten = this.#watched.verify();
      const isBack = this.#refusal instanceof LogFileReplaced;
      if (isBack) this.#refusal = null;
      if (this.#open === null || !(isWritten || isBack)) return;
      // Another program wrote the file: what was read before may not be there.
      this.#reset();
      this.#open = this.#reopen();
    } catch (error) {
      if (!(error instanceof AppendsRefused)) throw error;
      this.#refusal = error;
    }
  }

  #reopen(): OpenLog {
    this.#watched.requireSameLog();
    return this.#opened(openLog(this.#file));
  }

  /** Compares an open log with what was acknowledged. */
  #opened(database: DatabaseSyncInstance): OpenLog {
    this.#watched.opened();
    const open = new OpenLog(database);
    const loss = lossIn(open, this.#mark.current);
    if (loss !== null) this.#refusal = lossRefusal(loss);
    // The hash of a damaged event would make its mended record seem to be another event.
    else if (open.isEndIntact) this.#remember(open);
    return open;
  }

  #remember({ id: logId, end }: OpenLog): void {
    const position = String(end.position);
    const { current } = this.#mark;
    if (end.position < 0 || (current?.position === position && current.hash === end.hash)) return;
    this.#mark.set({ logId, position, hash: end.hash, at: new Date().toISOString() });
  }

  /** Checkpoints the write-ahead log, so that the file alone is the whole log. */
  close(): void {
    const database = this.#open?.database;
    this.#open = null;
    try {
      database?.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch (error) {
      // Nothing is lost: the next start reads the write-ahead log.
      process.stderr.write(
        `${this.#file}: checkpoint failed at close: ${(error as Error).message}\n`,
      );
    }
    database?.close();
    this.#mark.close();
  }

  #reset(): void {
    try {
      const database = this.#open?.database;
      // A handle closed within a transaction would stay open, and so would its lock.
      if (database?.isTransaction === true) database.exec('ROLLBACK');
      database?.close();
      this.#open = null;
    } catch (error) {
      // The handle cannot be closed: drop it.
      process.stderr.write(`${this.#file}: close failed: ${(error as Error).message}\n`);
      this.#open = null;
    }
  }
}
