import type { StatementSyncInstance } from '@photostructure/sqlite';
import type { Position } from '#event-store/event-store.js';
import type { FieldValue, Projection } from '#projections/projection.js';
import {
  FoundDocuments,
  ViewsHalted,
  ViewStoreUnavailable,
  type ViewReader,
  type Condition,
  type Counted,
  type Found,
  type Query,
} from '../view-store.js';
import { chooseAccessPath, type AccessPath } from './access-path.js';
import { attempt } from './attempt.js';
import { opened } from './sealed-text.js';
import { requireFound } from './require-found.js';
import { Sizes } from './sizes.js';
import { SqlFor, type IsCommon } from './sql.js';
import { tableOf } from './tables.js';

/** A list's value with at least this many documents is common. */
const MIN_COMMON_DOCUMENTS = 2_000;
/** In a smaller table every access path is fast enough. */
const MIN_PLANNED_DOCUMENTS = 1_000;

interface Live {
  readonly number: number;
  readonly checkpoint: number;
  readonly halted: string | null;
}

/** Reads the live copy of one projection in SQLite. */
export class SqliteViewReader<View> implements ViewReader<View> {
  readonly #sizes: Sizes;

  constructor(
    private readonly projection: Projection<View>,
    private readonly prepare: (sql: string) => StatementSyncInstance,
  ) {
    this.#sizes = new Sizes(prepare);
  }

  checkpoint(): Promise<Position> {
    return attempt(() => BigInt(this.#live().checkpoint));
  }

  get(id: string): Promise<View | null> {
    return attempt(() => {
      const table = tableOf(this.#live().number);
      const row = this.prepare(`SELECT view FROM ${table} WHERE id = ?`).get(id) as
        { view: string } | undefined;
      return row === undefined ? null : (JSON.parse(opened(id, row.view)) as View);
    });
  }

  find(query: Query): Promise<readonly Found<View>[]> {
    return attempt(() => {
      const { number } = this.#live();
      const found = new FoundDocuments(this.projection, query);
      this.#find(number, query, found);
      const { where, sort, limit, after } = query;
      // In descending order, documents without a value follow all those with one.
      if (sort.descending && after !== undefined && after.value !== null) {
        const without = [...where, { field: sort.field, in: [null] }];
        this.#find(number, { where: without, sort, limit: limit - found.all.length }, found);
      }
      return found.all;
    });
  }

  /** Reads documents one by one, so that none is read after the last one that is wanted. */
  #find(copy: number, query: Query, found: FoundDocuments<View>): void {
    if (found.isComplete()) return;
    const path = this.#pathFor(copy, query);
    const isCommon = this.#isCommonIn(copy);
    const { sql, values } = SqlFor.query(this.projection, copy, query, path, isCommon);
    for (const row of this.prepare(sql).iterate(...values)) {
      const { id, view, place } = row as { id: string; view: string; place: FieldValue };
      requireFound(this.projection, query, place, found.add(id, opened(id, view)));
      if (found.isComplete()) return;
    }
  }

  /** One statement, which reads one state of the documents. */
  count(
    by: readonly string[],
    ...where: readonly (readonly Condition[])[]
  ): Promise<readonly Counted[]> {
    return attempt(() => {
      const { number } = this.#live();
      const isCommon = this.#isCommonIn(number);
      const parts = where.map((one) => SqlFor.count(this.projection, number, by, one, isCommon));
      const sql = parts.map((part) => part.sql).join(' UNION ALL ');
      const values = parts.flatMap((part) => part.values);
      const rows = this.prepare(sql).all(...values) as Record<string, FieldValue>[];
      return rows.map(({ n, ...groups }) => ({ values: Object.values(groups), count: Number(n) }));
    });
  }

  /** SQLite plans the queries of projections without fields `alongside`. */
  #pathFor(copy: number, query: Query): AccessPath | null {
    if (this.projection.alongside === undefined) return null;
    const all = this.#sizes.ofTable(tableOf(copy));
    const matching = (condition: Condition) =>
      this.#isIndexed(condition) ? this.#sizeOf(copy, condition) : all;
    if (all < MIN_PLANNED_DOCUMENTS) return null;
    return chooseAccessPath(this.projection, query, { all, matching });
  }

  /** Without an index that starts with its field, counting a condition would scan everything. */
  #isIndexed(condition: Condition): boolean {
    return (
      'list' in condition || this.projection.indexes.some(([first]) => first === condition.field)
    );
  }

  #isCommonIn(copy: number): IsCommon {
    return (condition) => this.#sizeOf(copy, condition) >= MIN_COMMON_DOCUMENTS;
  }

  #sizeOf(copy: number, condition: Condition): number {
    if ('list' in condition && condition.has.length !== 1) {
      const sizes = condition.has.map((one) => this.#sizeOf(copy, { ...condition, has: [one] }));
      return sizes.reduce((sum, size) => sum + size, 0);
    }
    const numbers = SqlFor.numbers(this.projection, copy, condition);
    return this.#sizes.of(numbers, tableOf(copy));
  }

  #live(): Live {
    const { name, version } = this.projection;
    const row = this.prepare(
      'SELECT number, checkpoint, halted FROM copies WHERE projection = ? AND version = ? AND live = 1',
    ).get(name, version) as Live | undefined;
    if (row === undefined) {
      throw new ViewStoreUnavailable(`Projection "${name}" is being made. Try again in a moment.`);
    }
    if (row.halted !== null) throw new ViewsHalted(row.halted);
    return row;
  }
}
