import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { ownFields, type FieldValue, type Projection } from '#projections/projection.js';
import type { Change } from '../view-store.js';
import { opened, sealed } from './sealed-text.js';
import { StatementCache } from './statement-cache.js';
import { columnOf, listTableOf, tableOf } from './tables.js';
import { updateList, type ListStatements } from './update-list.js';

type Field<View> = readonly [column: string, valueOf: (view: View) => FieldValue];

/** The documents of one copy: their rows, and the rows of their lists. */
export class DocumentTable<View> {
  readonly #table: string;
  readonly #fields: readonly Field<View>[];
  readonly #lists: readonly ListStatements[];
  readonly #load: StatementSyncInstance;
  readonly #insert: StatementSyncInstance;
  readonly #updates: StatementCache;
  readonly #remove: StatementSyncInstance;
  readonly #numberOf: StatementSyncInstance;

  constructor(database: DatabaseSyncInstance, copy: number, projection: Projection<View>) {
    const prepare = (sql: string) => database.prepare(sql);
    this.#updates = new StatementCache(database);
    const table = (this.#table = tableOf(copy));
    this.#fields = ownFields(projection.fields).map(([field, valueOf]) => [
      columnOf(field),
      valueOf,
    ]);
    this.#load = prepare(
      `SELECT id, view FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`,
    );
    const names = ['id', 'view', ...this.#fields.map(([column]) => column)];
    const replaced = names.slice(1).map((column) => `${column} = excluded.${column}`);
    // RETURNING is avoided: with it, SQLite journals each page that a statement changes.
    this.#insert = prepare(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})
       ON CONFLICT (id) DO UPDATE SET ${replaced.join(', ')}`,
    );
    this.#remove = prepare(`DELETE FROM ${table} WHERE id = ?`);
    this.#numberOf = prepare(`SELECT number FROM ${table} WHERE id = ?`);
    this.#lists = Object.entries(projection.lists).map(([list, valuesOf]) => {
      const listTable = listTableOf(copy, list);
      return {
        valuesOf,
        insert: prepare(`INSERT OR IGNORE INTO ${listTable} (value, document) VALUES (?, ?)`),
        remove: prepare(`DELETE FROM ${listTable} WHERE value = ? AND document = ?`),
      };
    });
  }

  load(ids: readonly string[]): Map<string, View> {
    const rows = this.#load.all(JSON.stringify(ids)) as { id: string; view: string }[];
    return new Map(rows.map(({ id, view }) => [id, JSON.parse(opened(id, view)) as View]));
  }

  /**
   * Writes a change, within a transaction.
   *
   * @param withLists - whether the lists change too; those of a copy that is not live are filled all
   *   at once when it goes live
   */
  write(change: Change<View>, withLists: boolean): void {
    const { id, before, after } = change;
    if (after === null) {
      if (withLists) this.#writeLists(change);
      this.#remove.run(id);
      return;
    }
    if (before === null) this.#insert.run(id, textOf(id, after), ...this.#valuesOf(after));
    else this.#update(id, before, after);
    if (withLists) this.#writeLists(change);
  }

  #valuesOf(view: View): FieldValue[] {
    return this.#fields.map(([, valueOf]) => valueOf(view));
  }

  /** Sets only the fields that differ: SQLite writes every index of a column that is set. */
  #update(id: string, before: View, after: View): void {
    const columns = ['view'];
    const values: FieldValue[] = [textOf(id, after)];
    for (const [column, valueOf] of this.#fields) {
      const value = valueOf(after);
      if (value === valueOf(before)) continue;
      columns.push(column);
      values.push(value);
    }
    const sets = columns.map((column) => `${column} = ?`).join(', ');
    const update = `UPDATE ${this.#table} SET ${sets} WHERE id = ?`;
    this.#updates.prepare(update).run(...values, id);
  }

  /** Runs while the document exists, because it needs its number. */
  #writeLists({ id, before, after }: Change<View>): void {
    const numberOf = () => (this.#numberOf.get(id) as { number: number }).number;
    for (const list of this.#lists) {
      const had = before === null ? [] : list.valuesOf(before as never);
      const has = after === null ? [] : list.valuesOf(after as never);
      if (had !== has) updateList(list, had, has, numberOf);
    }
  }
}

const textOf = (id: string, view: unknown): string => sealed(id, JSON.stringify(view));
