import type { Document } from 'mongodb';
import type { FieldValue, Projection } from '#projections/projection.js';
import { knownField, knownList, plainValue } from '../conditions.js';
import type { Condition, Counted, Query } from '../view-store.js';
import { fieldPath, listPath } from './documents.js';

type Fields = Pick<Projection<never>, 'name' | 'fields' | 'lists'>;
type Terms = Document;

/** The filter of a query. Names come from the projection, and values are never operators. */
export function filterOf(projection: Fields, { where, sort, after }: Query): Terms {
  const terms = where.map((condition) => termOf(projection, condition));
  const by = pathOf(projection, sort.field);
  if (after !== undefined) {
    terms.push(afterDocument(by, sort.descending, plainValue(after.value), plainValue(after.id)));
  }
  return all(terms);
}

export function sortOf(projection: Fields, { sort }: Query): Record<string, 1 | -1> {
  const order = sort.descending ? -1 : 1;
  return { [pathOf(projection, sort.field)]: order, _id: order };
}

/** The pipeline that counts documents by groups; the groups' values are `k0`, `k1`, and so on. */
export function stepsOf(
  projection: Fields,
  by: readonly string[],
  where: readonly Condition[],
): Document[] {
  const keys = by.map((field, index) => [`k${index}`, `$${pathOf(projection, field)}`]);
  return [
    { $match: all(where.map((condition) => termOf(projection, condition))) },
    { $group: { _id: Object.fromEntries(keys) as object, n: { $sum: 1 } } },
  ];
}

/** The result of the pipeline. Without groups there is always one count, which may be 0. */
export function countedOf(by: readonly string[], groups: readonly Document[]): Counted[] {
  if (by.length === 0 && groups.length === 0) return [{ values: [], count: 0 }];
  return groups.map(({ _id: keys, n }) => ({
    values: Object.values(keys as Record<string, FieldValue>),
    count: Number(n),
  }));
}

const all = (terms: readonly Terms[]): Terms => (terms.length === 0 ? {} : { $and: [...terms] });
const nothing: Terms = { _id: { $in: [] } };

function termOf(projection: Fields, condition: Condition): Terms {
  if ('list' in condition) {
    return {
      [listPath(knownList(projection, condition.list))]: { $in: condition.has.map(plainValue) },
    };
  }
  const path = pathOf(projection, condition.field);
  if ('in' in condition) return { [path]: { $in: condition.in.map(plainValue) } };
  const { from, until } = condition;
  // No value is less or greater than null.
  if (from === null || until === null) return nothing;
  return all([
    ...(from === undefined ? [] : [{ [path]: { $gte: plainValue(from) } }]),
    ...(until === undefined ? [] : [{ [path]: { $lt: plainValue(until) } }]),
  ]);
}

/**
 * Keyset pagination: the condition for what sorts after a document. Null sorts before all values.
 * The first term bounds the index scan; the second excludes earlier documents with the same value.
 */
function afterDocument(
  path: string,
  descending: boolean,
  value: FieldValue,
  id: FieldValue,
): Terms {
  const tie = { _id: descending ? { $lt: id } : { $gt: id } };
  const other = { $or: [{ [path]: { $ne: value } }, tie] };
  if (value === null) return descending ? { [path]: null, ...tie } : other;
  return { [path]: descending ? { $not: { $gt: value } } : { $gte: value }, ...other };
}

const pathOf = (projection: Fields, field: string): string =>
  fieldPath(knownField(projection, field));
