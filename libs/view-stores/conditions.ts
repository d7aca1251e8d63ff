import type { FieldValue, Projection } from '#projections/projection.js';

// Names in queries come from the projection, and values are never operators, whatever a caller sends.

/** @throws RangeError for a field that the projection does not have */
export function knownField(
  { name, fields }: Pick<Projection<never>, 'name' | 'fields'>,
  field: string,
): string {
  if (Object.hasOwn(fields, field)) return field;
  throw new RangeError(`Projection ${name} has no field ${field}.`);
}

/** @throws RangeError for a list that the projection does not have */
export function knownList(
  { name, lists }: Pick<Projection<never>, 'name' | 'lists'>,
  list: string,
): string {
  if (Object.hasOwn(lists, list)) return list;
  throw new RangeError(`Projection ${name} has no list ${list}.`);
}

/** @throws TypeError for an object */
export function plainValue(value: FieldValue): FieldValue {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  throw new TypeError('A condition takes text, a number or null.');
}
