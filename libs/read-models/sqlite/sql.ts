import type { FieldValue, Projection } from '../projection.js';
import type { Condition, Query, Tally } from '../store.js';
import { columnOf, listTableOf, tableOf } from './tables.js';

/** A statement and what is bound to its question marks. */
export interface Sql {
  readonly sql: string;
  readonly values: readonly FieldValue[];
}

/** Whether a list's value has so many documents that they are not looked up one by one. */
export type IsCommon = (listTable: string, value: string) => boolean;

/** Makes SQL for one copy. Names come from the projection, and values are bound, never written. */
export class SqlFor<View> {
  readonly #values: FieldValue[] = [];
  readonly #projection: Projection<View>;
  readonly #copy: number;
  readonly #isCommon: IsCommon;

  private constructor(projection: Projection<View>, copy: number, isCommon: IsCommon) {
    this.#projection = projection;
    this.#copy = copy;
    this.#isCommon = isCommon;
  }

  static query<View>(
    projection: Projection<View>,
    copy: number,
    { where, sort, limit, after }: Query,
    isCommon: IsCommon,
  ): Sql {
    const made = new SqlFor(projection, copy, isCommon);
    const terms = where.map((condition) => made.#term(condition));
    const by = made.#column(sort.field);
    const order = sort.descending ? 'DESC' : 'ASC';
    if (after !== undefined) terms.push(made.#behind(by, sort.descending, after));
    return made.#as(
      `SELECT id, view FROM ${tableOf(copy)} ${whereAll(terms)}
       ORDER BY ${by} ${order}, id ${order} LIMIT ${made.#bind(limit)}`,
    );
  }

  static tally<View>(
    projection: Projection<View>,
    copy: number,
    { where, by, list }: Tally,
    isCommon: IsCommon,
  ): Sql {
    const made = new SqlFor(projection, copy, isCommon);
    const terms = where.map((condition) => made.#term(condition));
    const groups = by.map((field) => made.#column(field));
    let from = tableOf(copy);
    if (list !== undefined) {
      from += ` JOIN ${made.#listTable(list)} ON document = number`;
      groups.push('value');
    }
    return made.#as(
      `SELECT ${[...groups, 'count(*) AS n'].join(', ')} FROM ${from} ${whereAll(terms)}
       ${groups.length === 0 ? '' : `GROUP BY ${groups.join(', ')}`}`,
    );
  }

  #as(sql: string): Sql {
    return { sql, values: this.#values };
  }

  #column(field: string): string {
    if (!Object.hasOwn(this.#projection.fields, field)) {
      throw new RangeError(`Projection ${this.#projection.name} has no field ${field}.`);
    }
    return columnOf(field);
  }

  #listTable(list: string): string {
    if (!Object.hasOwn(this.#projection.lists, list)) {
      throw new RangeError(`Projection ${this.#projection.name} has no list ${list}.`);
    }
    return listTableOf(this.#copy, list);
  }

  #bind(value: FieldValue): string {
    if (value !== null && typeof value !== 'string' && typeof value !== 'number') {
      throw new TypeError('Documents are found by text and by numbers only.');
    }
    this.#values.push(value);
    return '?';
  }

  /**
   * What comes behind a document, among those with a value where it has one: what is not there comes
   * before all values, and in SQL it is neither less nor greater than any.
   */
  #behind(by: string, descending: boolean, { value, id }: NonNullable<Query['after']>): string {
    const is = descending ? '<' : '>';
    if (value !== null) return `(${by}, id) ${is} (${this.#bind(value)}, ${this.#bind(id)})`;
    const tie = `id ${is} ${this.#bind(id)}`;
    return descending ? `(${by} IS NULL AND ${tie})` : `(${by} IS NOT NULL OR ${tie})`;
  }

  #term(condition: Condition): string {
    if ('list' in condition) return this.#hasValue(this.#listTable(condition.list), condition.has);
    const name = this.#column(condition.field);
    if ('in' in condition) return this.#isOneOf(name, condition.in);
    const bounds = [
      ...(condition.from === undefined ? [] : [`${name} >= ${this.#bind(condition.from)}`]),
      ...(condition.until === undefined ? [] : [`${name} < ${this.#bind(condition.until)}`]),
    ];
    return bounds.length === 0 ? 'TRUE' : bounds.join(' AND ');
  }

  /**
   * A rare value leads to its documents. A common one is tested for on the way through the others,
   * in the order that is asked for: there, a page is full after few of them.
   */
  #hasValue(table: string, value: string): string {
    const bound = this.#bind(value);
    return this.#isCommon(table, value)
      ? `EXISTS (SELECT 1 FROM ${table} WHERE value = ${bound} AND document = number)`
      : `number IN (SELECT document FROM ${table} WHERE value = ${bound})`;
  }

  /** In SQL nothing equals NULL, not even in a list that has it. */
  #isOneOf(name: string, values: readonly FieldValue[]): string {
    const [only, ...more] = values;
    if (only !== undefined && more.length === 0) return `${name} IS ${this.#bind(only)}`;
    const isIn = `${name} IN (${values
      .filter((value) => value !== null)
      .map((value) => this.#bind(value))
      .join(', ')})`;
    return values.includes(null) ? `(${isIn} OR ${name} IS NULL)` : isIn;
  }
}

const whereAll = (terms: readonly string[]): string =>
  terms.length === 0 ? '' : `WHERE ${terms.join(' AND ')}`;
