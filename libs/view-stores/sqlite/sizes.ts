import type { StatementSyncInstance } from '@photostructure/sqlite';
import { LRUCache } from 'lru-cache';
import type { Sql } from './sql.js';

/** Counting stops here; larger numbers are estimated. */
const MAX_COUNTED = 20_000;

/** Sizes are cached, since they affect how documents are found and not which ones. */
const CACHE_SIZE_CONDITIONS = 10_000;
const CACHE_TTL_MS = 5 * 60_000;

/** Estimates how many documents meet a condition. */
export class Sizes {
  readonly #cached = new LRUCache<string, number>({
    max: CACHE_SIZE_CONDITIONS,
    ttl: CACHE_TTL_MS,
  });

  constructor(private readonly prepare: (sql: string) => StatementSyncInstance) {}

  /** Runs a statement that selects document numbers; an index must return them in order. */
  of({ sql, values }: Sql, table: string): number {
    const key = JSON.stringify([sql, values]);
    const cached = this.#cached.get(key);
    if (cached !== undefined) return cached;
    const { n, last } = this.prepare(
      `SELECT count(*) AS n, max(number) AS last FROM (${sql} LIMIT ${MAX_COUNTED})`,
    ).get(...values) as { n: number; last: number | null };
    // Numbers ascend: the density up to the last number counted is taken for the whole table.
    const size =
      n < MAX_COUNTED || last === null ? n : Math.max(n, (this.ofTable(table) * n) / last);
    this.#cached.set(key, size);
    return size;
  }

  /** The highest number, which is about the number of documents: deleted numbers are not reused. */
  ofTable(table: string): number {
    const { n } = this.prepare(`SELECT max(number) AS n FROM ${table}`).get() as {
      n: number | null;
    };
    return n ?? 0;
  }
}
