import type { StatementSyncInstance } from '@photostructure/sqlite';
import { LRUCache } from 'lru-cache';
import type { Sql } from './sql.js';

/** Counting stops here, and what is more is estimated. */
const LARGEST_COUNT = 20_000;

/** Sizes are remembered: they steer how documents are found, and not which. */
const REMEMBERED = 10_000;
const REMEMBERED_MILLISECONDS = 5 * 60_000;

/** How many documents meet a condition: about. */
export class Sizes {
  readonly #known = new LRUCache<string, number>({
    max: REMEMBERED,
    ttl: REMEMBERED_MILLISECONDS,
  });

  constructor(private readonly prepare: (sql: string) => StatementSyncInstance) {}

  /** @param numbers - selects the numbers of the documents, which an index has to answer in order */
  of({ sql, values }: Sql, table: string): number {
    const key = JSON.stringify([sql, values]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const { n, last } = this.prepare(
      `SELECT count(*) AS n, max(number) AS last FROM (${sql} LIMIT ${LARGEST_COUNT})`,
    ).get(...values) as { n: number; last: number | null };
    // Numbers are given in order: as many as these stand among those up to the last of them.
    const size =
      n < LARGEST_COUNT || last === null ? n : Math.max(n, (this.ofTable(table) * n) / last);
    this.#known.set(key, size);
    return size;
  }

  /** How many documents a table has: about, for the number of one that is gone is not given again. */
  ofTable(table: string): number {
    const { n } = this.prepare(`SELECT max(number) AS n FROM ${table}`).get() as {
      n: number | null;
    };
    return n ?? 0;
  }
}
