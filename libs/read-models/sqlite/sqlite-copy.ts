import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { START, type Position } from '#event-store/event-store.js';
import type { Projection } from '../projection.js';
import { CopyMoved, type Change, type WritableCopy } from '../store.js';
import { columnOf, createTables, listTableOf, tableOf } from './tables.js';

interface CopyRow {
  readonly number: number;
  readonly live: number;
  readonly checkpoint: number;
}

interface ListStatements {
  readonly valuesOf: (view: never) => readonly string[];
  readonly insert: StatementSyncInstance;
  readonly remove: StatementSyncInstance;
}

/** One copy of a projection in SQLite, open for its projector. */
export class SqliteCopy<View> implements WritableCopy<View> {
  readonly #load: StatementSyncInstance;
  readonly #upsert: StatementSyncInstance;
  readonly #remove: StatementSyncInstance;
  readonly #move: StatementSyncInstance;
  readonly #lists: readonly ListStatements[];
  readonly #fields: readonly ((view: View) => string | number | null)[];
  #checkpoint: Position;
  #live: boolean;

  /** The copy of this version that is furthest on, or a new and empty one. */
  static open<View>(
    database: DatabaseSyncInstance,
    projection: Projection<View>,
  ): SqliteCopy<View> {
    const { name, version } = projection;
    const newest = database.prepare(
      'SELECT number, live, checkpoint FROM copies WHERE projection = ? AND version = ? ORDER BY number DESC LIMIT 1',
    );
    const existing = newest.get(name, version) as CopyRow | undefined;
    if (existing !== undefined) return new SqliteCopy(database, projection, existing);
    return inTransaction(database, () => {
      const { number } = database
        .prepare(
          'INSERT INTO copies (projection, version, live, checkpoint) VALUES (?, ?, 0, ?) RETURNING number',
        )
        .get(name, version, Number(START)) as { number: number };
      database.exec(createTables(number, projection));
      return new SqliteCopy(database, projection, {
        number,
        live: 0,
        checkpoint: Number(START),
      });
    });
  }

  private constructor(
    private readonly database: DatabaseSyncInstance,
    private readonly projection: Projection<View>,
    private readonly row: CopyRow,
  ) {
    const prepare = (sql: string) => database.prepare(sql);
    const table = tableOf(row.number);
    const columns = Object.keys(projection.fields).map(columnOf);
    this.#fields = Object.values(projection.fields);
    this.#checkpoint = BigInt(row.checkpoint);
    this.#live = row.live === 1;
    this.#load = prepare(
      `SELECT id, view FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`,
    );
    const names = ['id', 'view', ...columns];
    const updates = names.slice(1).map((column) => `${column} = excluded.${column}`);
    this.#upsert = prepare(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})
       ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')} RETURNING number`,
    );
    this.#remove = prepare(`DELETE FROM ${table} WHERE id = ? RETURNING number`);
    this.#move = prepare('UPDATE copies SET checkpoint = ? WHERE number = ? AND checkpoint = ?');
    this.#lists = Object.entries(projection.lists).map(([list, valuesOf]) => {
      const listTable = listTableOf(row.number, list);
      return {
        valuesOf,
        insert: prepare(`INSERT OR IGNORE INTO ${listTable} (value, document) VALUES (?, ?)`),
        remove: prepare(`DELETE FROM ${listTable} WHERE value = ? AND document = ?`),
      };
    });
  }

  get checkpoint(): Position {
    return this.#checkpoint;
  }

  get live(): boolean {
    return this.#live;
  }

  load(ids: readonly string[]): Promise<Map<string, View>> {
    if (ids.length === 0) return Promise.resolve(new Map<string, View>());
    const rows = this.#load.all(JSON.stringify(ids)) as { id: string; view: string }[];
    return Promise.resolve(new Map(rows.map(({ id, view }) => [id, JSON.parse(view) as View])));
  }

  write(changes: readonly Change<View>[], checkpoint: Position): Promise<void> {
    inTransaction(this.database, () => {
      const moved = this.#move.run(Number(checkpoint), this.row.number, Number(this.#checkpoint));
      if (moved.changes !== 1) {
        throw new CopyMoved(
          `Projection ${this.projection.name} was written by another projector meanwhile.`,
        );
      }
      for (const change of changes) this.#write(change);
    });
    this.#checkpoint = checkpoint;
    return Promise.resolve();
  }

  goLive(): Promise<void> {
    const { name } = this.projection;
    inTransaction(this.database, () => {
      const others = this.database
        .prepare('SELECT number FROM copies WHERE projection = ? AND number <> ?')
        .all(name, this.row.number) as { number: number }[];
      for (const { number } of others) this.#drop(number);
      this.database.prepare('UPDATE copies SET live = 1 WHERE number = ?').run(this.row.number);
    });
    this.#live = true;
    return Promise.resolve();
  }

  /** Drops a copy's tables by what they are called, for its lists may not be today's. */
  #drop(copy: number): void {
    const tables = this.database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND (name = ? OR name GLOB ?)")
      .all(tableOf(copy), `${tableOf(copy)}_*`) as { name: string }[];
    for (const { name } of tables) this.database.exec(`DROP TABLE "${name}"`);
    this.database.prepare('DELETE FROM copies WHERE number = ?').run(copy);
  }

  #write({ id, before, after }: Change<View>): void {
    const row = (
      after === null
        ? this.#remove.get(id)
        : this.#upsert.get(id, JSON.stringify(after), ...this.#fields.map((field) => field(after)))
    ) as { number: number } | undefined;
    if (row === undefined) return;
    for (const list of this.#lists) {
      const had = before === null ? [] : list.valuesOf(before as never);
      const has = after === null ? [] : list.valuesOf(after as never);
      if (had === has) continue;
      updateList(list, row.number, had, has);
    }
  }
}

function updateList(
  { insert, remove }: ListStatements,
  document: number,
  had: readonly string[],
  has: readonly string[],
): void {
  const before = new Set(had);
  const after = new Set(has);
  for (const value of before) if (!after.has(value)) remove.run(value, document);
  for (const value of after) if (!before.has(value)) insert.run(value, document);
}

function inTransaction<Result>(database: DatabaseSyncInstance, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
