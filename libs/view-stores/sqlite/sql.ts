import type { FieldValue, Projection } from '#projections/projection.js';
import { knownField, knownList, plainValue } from '../conditions.js';
import type { Condition, Place, Query } from '../view-store.js';
import { columnOf, indexOf, listTableOf, tableOf } from './tables.js';
import type { AccessPath, ListCondition } from './access-path.js';

/** A statement and the values of its parameters. */
export interface Sql {
  readonly sql: string;
  readonly values: readonly FieldValue[];
}

/** Whether a list's value has too many documents to look them up one by one. */
export type IsCommon = (condition: ListCondition) => boolean;

type FieldCondition = Exclude<Condition, ListCondition>;

/**
 * Builds SQL for one copy. Names come from the projection; values are always bound parameters. The
 * text depends on the fields and lists of a query and not on how many values it has: statements are
 * cached by their texts.
 */
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

  /** @param path - how to find the documents; null leaves it to SQLite's planner */
  static query<View>(
    projection: Projection<View>,
    copy: number,
    { where, sort, limit, after }: Query,
    path: AccessPath | null,
    isCommon: IsCommon,
  ): Sql {
    const made = new SqlFor(projection, copy, isCommon);
    const from = `${tableOf(copy)} ${made.#hint(path)}`;
    const terms = path?.kind === 'list' ? made.#through(path, where) : made.#tested(path, where);
    const by = made.#column(sort.field);
    const order = sort.descending ? 'DESC' : 'ASC';
    if (after !== undefined) terms.push(made.#afterDocument(by, sort.descending, after));
    // The subquery sorts numbers and places only. SQLite never reorders the tables of a CROSS JOIN, so the large
    // documents are read in that order, each when its row is fetched.
    return made.#as(
      `SELECT document.id, document.view, page.place FROM (
         SELECT number, ${by} AS place FROM ${from} ${whereAll(terms)}
         ORDER BY ${by} ${order}, id ${order} LIMIT ${made.#bind(limit)}
       ) AS page CROSS JOIN ${tableOf(copy)} AS document ON document.number = page.number`,
    );
  }

  /** Selects the numbers of the documents that meet a condition, in order: a list's with one value. */
  static numbers<View>(projection: Projection<View>, copy: number, condition: Condition): Sql {
    const made = new SqlFor(projection, copy, () => false);
    if ('list' in condition) {
      const table = made.#listTable(condition.list);
      const [value = null] = condition.has;
      return made.#as(`SELECT document AS number FROM ${table} WHERE value = ${made.#bind(value)}`);
    }
    return made.#as(`SELECT number FROM ${tableOf(copy)} WHERE ${made.#term(condition)}`);
  }

  static count<View>(
    projection: Projection<View>,
    copy: number,
    by: readonly string[],
    where: readonly Condition[],
    isCommon: IsCommon,
  ): Sql {
    const made = new SqlFor(projection, copy, isCommon);
    const terms = made.#tested(null, where);
    const groups = by.map((field) => made.#column(field));
    return made.#as(
      `SELECT ${[...groups, 'count(*) AS n'].join(', ')} FROM ${tableOf(copy)} ${whereAll(terms)}
       ${groups.length === 0 ? '' : `GROUP BY ${groups.join(', ')}`}`,
    );
  }

  #as(sql: string): Sql {
    return { sql, values: this.#values };
  }

  #column(field: string): string {
    return columnOf(knownField(this.#projection, field));
  }

  #listTable(list: string): string {
    return listTableOf(this.#copy, knownList(this.#projection, list));
  }

  #bind(value: FieldValue): string {
    this.#values.push(plainValue(value));
    return '?';
  }

  /**
   * Keyset condition: what sorts after a document. NULL sorts first and compares with no value, so
   * it has its own branch.
   */
  #afterDocument(by: string, descending: boolean, { value, id }: Place): string {
    const is = descending ? '<' : '>';
    if (value !== null) return `(${by}, id) ${is} (${this.#bind(value)}, ${this.#bind(id)})`;
    const tie = `id ${is} ${this.#bind(id)}`;
    return descending ? `(${by} IS NULL AND ${tie})` : `(${by} IS NOT NULL OR ${tie})`;
  }

  #term(condition: FieldCondition): string {
    const name = this.#column(condition.field);
    if ('in' in condition) return this.#isOneOf(name, condition.in);
    const bounds = [
      ...(condition.from === undefined ? [] : [`${name} >= ${this.#bind(condition.from)}`]),
      ...(condition.until === undefined ? [] : [`${name} < ${this.#bind(condition.until)}`]),
    ];
    return bounds.length === 0 ? 'TRUE' : bounds.join(' AND ');
  }

  /**
   * Documents are tested while they are scanned in order: a page is full after few of them. Without
   * a path, the documents of a rare list value are looked up instead.
   */
  #tested(path: AccessPath | null, where: readonly Condition[]): string[] {
    const lists = where.filter(isList);
    const rare = path === null ? lists.find((one) => !this.#isCommon(one)) : undefined;
    return [
      ...(rare === undefined ? [] : [`number IN (${this.#documentsOf(rare)})`]),
      ...where.filter(isField).map((condition) => this.#term(condition)),
      ...this.#have(
        lists.filter((one) => one !== rare),
        'number',
      ),
    ];
  }

  /** The documents of some list values; other lists are tested before a document is read. */
  #through(
    { condition }: Extract<AccessPath, { kind: 'list' }>,
    where: readonly Condition[],
  ): string[] {
    const others = where.filter(isList).filter((one) => one !== condition);
    const documents = this.#documentsOf(condition);
    const terms = this.#have(others, 'one.document');
    return [
      `number IN (${[documents, ...terms].join(' AND ')})`,
      ...where.filter(isField).map((one) => this.#term(one)),
    ];
  }

  #documentsOf({ list, has }: ListCondition): string {
    return `SELECT document FROM ${this.#listTable(list)} AS one WHERE ${this.#isOneOf('value', has)}`;
  }

  /** Tests the lists of a document: one term for each list, however many values it must have. */
  #have(conditions: readonly ListCondition[], number: string): string[] {
    const single = conditions.filter(({ has }) => has.length === 1);
    const lists = [...new Set(single.map(({ list }) => list))];
    const isThere = (list: string, isWanted: string) =>
      `EXISTS (SELECT 1 FROM ${this.#listTable(list)} AS other
         WHERE ${isWanted} AND other.document = ${number})`;
    const hasAll = lists.map((list) => {
      const values = single.filter((one) => one.list === list).flatMap(({ has }) => has);
      if (values.length === 1) return isThere(list, this.#isOneOf('other.value', values));
      const wanted = this.#bind(JSON.stringify(values.map(plainValue)));
      const isWanted = isThere(list, 'other.value = wanted.value');
      return `NOT EXISTS (SELECT 1 FROM json_each(${wanted}) AS wanted WHERE NOT ${isWanted})`;
    });
    const several = conditions.filter(({ has }) => has.length !== 1);
    return [
      ...hasAll,
      ...several.map(({ list, has }) => isThere(list, this.#isOneOf('other.value', has))),
    ];
  }

  #hint(path: AccessPath | null): string {
    if (path === null) return '';
    return path.kind === 'list' ? 'NOT INDEXED' : `INDEXED BY ${indexOf(this.#copy, path.index)}`;
  }

  /** In SQL nothing equals NULL, not even within IN. */
  #isOneOf(name: string, values: readonly FieldValue[]): string {
    const [only, ...more] = values;
    if (only !== undefined && more.length === 0) return `${name} IS ${this.#bind(only)}`;
    const isIn = `${name} IN (${padded(values.filter((value) => value !== null))
      .map((value) => this.#bind(value))
      .join(', ')})`;
    return values.includes(null) ? `(${isIn} OR ${name} IS NULL)` : isIn;
  }
}

const isList = (condition: Condition): condition is ListCondition => 'list' in condition;
const isField = (condition: Condition): condition is FieldCondition => !isList(condition);

/** Repeats the last value up to a power of two, so that few lengths of lists occur. */
function padded(values: readonly FieldValue[]): FieldValue[] {
  const length = values.length === 0 ? 0 : 2 ** Math.ceil(Math.log2(values.length));
  return Array.from({ length }, (_, index) => values[index] ?? values.at(-1) ?? null);
}

const whereAll = (terms: readonly string[]): string =>
  terms.length === 0 ? '' : `WHERE ${terms.join(' AND ')}`;
