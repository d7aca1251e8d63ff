import type { BroadcastChannel } from 'node:worker_threads';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { inTransaction } from './transaction.js';

interface Write {
  readonly work: () => void;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Commits the writes of one turn of the event loop in one transaction. Projections that share a page
 * of the log write in the same turn, so a page costs one commit for any number of projections. Each commit
 * is announced.
 */
export class GroupedWrites {
  #waiting: Write[] = [];

  constructor(
    private readonly database: DatabaseSyncInstance,
    private readonly commits: BroadcastChannel,
  ) {}

  /**
   * Resolves once the write is committed.
   *
   * @param work - writes within a transaction; it may be called a second time after a rollback
   */
  run(work: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ work, resolve, reject });
      if (this.#waiting.length === 1) {
        setImmediate(() => {
          this.commit();
        });
      }
    });
  }

  /** Commits the waiting writes at once, before a read or write outside the group. */
  commit(): void {
    const group = this.#waiting;
    this.#waiting = [];
    if (group.length === 0) return;
    try {
      inTransaction(this.database, () => {
        for (const { work } of group) work();
      });
      for (const { resolve } of group) resolve();
    } catch (error) {
      this.#oneByOne(group, error);
    }
    this.commits.postMessage('committed');
  }

  /** One that fails, because its copy was replaced, must not refuse the others. */
  #oneByOne(group: readonly Write[], error: unknown): void {
    if (group.length === 1) {
      group[0]?.reject(error);
      return;
    }
    for (const { work, resolve, reject } of group) {
      try {
        inTransaction(this.database, work);
        resolve();
      } catch (own) {
        reject(own);
      }
    }
  }
}
