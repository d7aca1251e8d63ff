import type { FieldValue, Projection } from '#projections/projection.js';
import { ViewsDamaged, type Condition, type Query } from '../view-store.js';

/**
 * Compares a document with the rows and index entries that led to it: they repeat its values, without a
 * checksum.
 *
 * @param place - the value of the sort field there
 * @throws ViewsDamaged if the document does not meet the conditions, or belongs to another place
 */
export function requireFound<View>(
  projection: Projection<View>,
  { where, sort }: Query,
  place: FieldValue,
  view: View,
): void {
  const { [sort.field]: valueOf } = projection.fields;
  const isHere = valueOf === undefined || comparison(valueOf(view), place) === 0;
  if (!isHere || !where.every((condition) => isMet(projection, condition, view)))
    throw ViewsDamaged.by(new Error('a document differs from what it was found by'));
}

function isMet<View>(
  { fields, lists }: Projection<View>,
  condition: Condition,
  view: View,
): boolean {
  if ('list' in condition) {
    const values = lists[condition.list]?.(view) ?? [];
    return condition.has.some(
      (one) => values.includes(one) || values.some((value) => comparison(value, one) === 0),
    );
  }
  const value = fields[condition.field]?.(view) ?? null;
  if ('in' in condition) return condition.in.some((one) => comparison(value, one) === 0);
  const { from, until } = condition;
  return (
    value !== null &&
    (from === undefined || comparison(value, from) >= 0) &&
    (until === undefined || comparison(value, until) < 0)
  );
}

/** Compares two values of one type like SQLite: texts by their bytes in UTF-8. NaN for two types. */
function comparison(one: FieldValue, other: FieldValue): number {
  if (one === other) return 0;
  if (typeof one === 'string' && typeof other === 'string')
    return Buffer.compare(Buffer.from(one), Buffer.from(other));
  return typeof one === 'number' && typeof other === 'number' ? one - other : NaN;
}
