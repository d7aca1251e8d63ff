import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { LRUCache } from 'lru-cache';

/**
 * The number of statements of a connection that stay prepared. Each takes some 20 KB outside the
 * heap; SQLite frees a dropped one when the garbage collector finds it.
 */
const MAX_STATEMENTS = 200;

/** Prepares each of the most used statements of a connection once. */
export class StatementCache {
  readonly #statements = new LRUCache<string, StatementSyncInstance>({ max: MAX_STATEMENTS });

  constructor(private readonly database: DatabaseSyncInstance) {}

  prepare(sql: string): StatementSyncInstance {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
