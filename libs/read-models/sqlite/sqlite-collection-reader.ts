import type { StatementSyncInstance } from '@photostructure/sqlite';
import type { Position } from '#event-store/event-store.js';
import type { FieldValue, Projection } from '../projection.js';
import {
  ReadModelUnavailable,
  type CollectionReader,
  type Condition,
  type Found,
  type Query,
} from '../store.js';
import { columnOf, listTableOf, tableOf } from './tables.js';

interface Live {
  readonly number: number;
  readonly checkpoint: number;
}

/** Reads the live copy of one projection in SQLite. */
export class SqliteCollectionReader<View> implements CollectionReader<View> {
  constructor(
    private readonly projection: Projection<View>,
    private readonly prepare: (sql: string) => StatementSyncInstance,
  ) {}

  checkpoint(): Promise<Position> {
    return attempt(() => BigInt(this.#live().checkpoint));
  }

  get(id: string): Promise<View | null> {
    return attempt(() => {
      const table = tableOf(this.#live().number);
      const row = this.prepare(`SELECT view FROM ${table} WHERE id = ?`).get(id) as
        { view: string } | undefined;
      return row === undefined ? null : (JSON.parse(row.view) as View);
    });
  }

  find(query: Query): Promise<readonly Found<View>[]> {
    return attempt(() => {
      const { sql, values } = toSql(this.#live().number, this.projection, query);
      const rows = this.prepare(sql).all(...values) as { id: string; view: string }[];
      return rows.map(({ id, view }) => ({ id, view: JSON.parse(view) as View }));
    });
  }

  #live(): Live {
    const { name, version } = this.projection;
    const row = this.prepare(
      'SELECT number, checkpoint FROM copies WHERE projection = ? AND version = ? AND live = 1',
    ).get(name, version) as Live | undefined;
    if (row === undefined) {
      throw new ReadModelUnavailable(`Projection "${name}" is being made. Try again in a moment.`);
    }
    return row;
  }
}

/** What the database says against a query is told as "not now"; the cause goes to the log. */
async function attempt<Result>(read: () => Result): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_SQLITE_ERROR') throw error;
    throw new ReadModelUnavailable('The read models cannot be read at the moment.', {
      cause: error,
    });
  }
}

function toSql<View>(
  copy: number,
  projection: Projection<View>,
  { where, sort, limit, after }: Query,
): { sql: string; values: FieldValue[] } {
  const column = (field: string): string => {
    if (!Object.hasOwn(projection.fields, field)) {
      throw new RangeError(`Projection ${projection.name} has no field ${field}.`);
    }
    return columnOf(field);
  };
  const listTable = (list: string): string => {
    if (!Object.hasOwn(projection.lists, list)) {
      throw new RangeError(`Projection ${projection.name} has no list ${list}.`);
    }
    return listTableOf(copy, list);
  };
  const values: FieldValue[] = [];
  const bind = (value: FieldValue): string => {
    values.push(value);
    return '?';
  };
  const terms = where.map((condition) => termOf(condition, column, listTable, bind));
  const [order, behind] = sort.descending ? ['DESC', '<'] : ['ASC', '>'];
  if (after !== undefined) {
    terms.push(`(${column(sort.field)}, id) ${behind} (${bind(after.value)}, ${bind(after.id)})`);
  }
  const sql = `SELECT id, view FROM ${tableOf(copy)}
    ${terms.length === 0 ? '' : `WHERE ${terms.join(' AND ')}`}
    ORDER BY ${column(sort.field)} ${order}, id ${order} LIMIT ${bind(limit)}`;
  return { sql, values };
}

function termOf(
  condition: Condition,
  column: (field: string) => string,
  listTable: (list: string) => string,
  bind: (value: FieldValue) => string,
): string {
  if ('list' in condition) {
    const table = listTable(condition.list);
    return `number IN (SELECT document FROM ${table} WHERE value = ${bind(condition.has)})`;
  }
  const name = column(condition.field);
  if ('in' in condition) return isOneOf(name, condition.in, bind);
  const bounds = [
    ...(condition.from === undefined ? [] : [`${name} >= ${bind(condition.from)}`]),
    ...(condition.until === undefined ? [] : [`${name} < ${bind(condition.until)}`]),
  ];
  return bounds.length === 0 ? 'TRUE' : bounds.join(' AND ');
}

/** In SQL nothing equals NULL, not even in a list that has it. */
function isOneOf(
  name: string,
  values: readonly FieldValue[],
  bind: (value: FieldValue) => string,
): string {
  const [only, ...more] = values;
  if (only !== undefined && more.length === 0) return `${name} IS ${bind(only)}`;
  const isIn = `${name} IN (${values
    .filter((value) => value !== null)
    .map(bind)
    .join(', ')})`;
  return values.includes(null) ? `(${isIn} OR ${name} IS NULL)` : isIn;
}
