import {
  DatabaseSync,
  type DatabaseSyncInstance,
  type StatementSyncInstance,
} from '@photostructure/sqlite';
import type { FieldValue, Projection } from '#projections/projection.js';
import {
  columnOf,
  createIndexes,
  createTables,
  listTableOf,
  tableOf,
} from '#view-stores/sqlite/tables.js';
import type { Change } from '#view-stores/view-store.js';

/** All writes of a projection for one page of the log. */
export interface Batch {
  readonly documents: readonly Document[];
}

/** A document after a batch, with its columns and lists. */
interface Document {
  readonly id: string;
  readonly view: unknown;
  readonly fields: readonly FieldValue[];
  /** The removed and added values of each list. */
  readonly lists: readonly {
    readonly loses: readonly string[];
    readonly gets: readonly string[];
  }[];
}

export function batchOf<View>(
  projection: Projection<View>,
  changes: readonly Change<View>[],
): Batch {
  return {
    documents: changes.flatMap(({ id, before, after }) => {
      if (after === null) return [];
      const lists = Object.values(projection.lists).map((valuesOf) => {
        const had = new Set(before === null ? [] : valuesOf(before));
        const has = new Set(valuesOf(after));
        return {
          loses: [...had].filter((value) => !has.has(value)),
          gets: [...has].filter((value) => !had.has(value)),
        };
      });
      const fields = Object.values(projection.fields).map((field) => field(after));
      return [{ id, view: after, fields, lists }];
    }),
  };
}

/** The tables and pragmas of the read models, with only prepared statements. */
export class BareReadModel<View> {
  readonly #database: DatabaseSyncInstance;
  readonly #upsert: StatementSyncInstance;
  readonly #lists: readonly {
    readonly insert: StatementSyncInstance;
    readonly remove: StatementSyncInstance;
  }[];

  constructor(
    file: string,
    private readonly projection: Projection<View>,
  ) {
    const { fields, lists } = projection;
    this.#database = new DatabaseSync(file);
    this.#database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8000;
       ${createTables(1, projection)}`,
    );
    const prepare = (sql: string) => this.#database.prepare(sql);
    const names = ['id', 'view', ...Object.keys(fields).map(columnOf)];
    const updates = names.slice(1).map((column) => `${column} = excluded.${column}`);
    this.#upsert = prepare(
      `INSERT INTO ${tableOf(1)} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})
       ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')} RETURNING number`,
    );
    this.#lists = Object.keys(lists).map((list) => ({
      insert: prepare(
        `INSERT OR IGNORE INTO ${listTableOf(1, list)} (value, document) VALUES (?, ?)`,
      ),
      remove: prepare(`DELETE FROM ${listTableOf(1, list)} WHERE value = ? AND document = ?`),
    }));
  }

  /** Writes each batch in a transaction. */
  write(batches: readonly Batch[]): void {
    for (const { documents } of batches) {
      this.#database.exec('BEGIN IMMEDIATE');
      for (const document of documents) this.#write(document);
      this.#database.exec('COMMIT');
    }
  }

  index(): void {
    for (const sql of createIndexes(1, this.projection)) this.#database.exec(sql);
  }

  close(): void {
    this.#database.close();
  }

  #write({ id, view, fields, lists }: Document): void {
    const { number } = this.#upsert.get(id, JSON.stringify(view), ...fields) as { number: number };
    for (let list = 0; list < lists.length; list++) {
      const { loses = [], gets = [] } = lists[list] ?? {};
      const { insert, remove } = this.#lists[list] ?? {};
      for (const value of loses) remove?.run(value, number);
      for (const value of gets) insert?.run(value, number);
    }
  }
}
