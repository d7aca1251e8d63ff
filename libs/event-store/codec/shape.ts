/** Whether a stored value is what today's code takes it for. */
export type Shape<Value> = (value: unknown) => value is Value;

/** The shapes of an object's members. Other members may be there. */
type Members<Value> = { readonly [Member in keyof Value]-?: Shape<Value[Member]> };

export const text: Shape<string> = (value) => typeof value === 'string';

export const number: Shape<number> = (value) => typeof value === 'number';

export const flag: Shape<boolean> = (value) => typeof value === 'boolean';

export const time: Shape<string> = (value): value is string =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value));

export const oneOf =
  <Value>(...values: readonly Value[]): Shape<Value> =>
  (value): value is Value =>
    (values as readonly unknown[]).includes(value);

export const orNull =
  <Value>(shape: Shape<Value>): Shape<Value | null> =>
  (value): value is Value | null =>
    value === null || shape(value);

export const optional =
  <Value>(shape: Shape<Value>): Shape<Value | undefined> =>
  (value): value is Value | undefined =>
    value === undefined || shape(value);

export const listOf =
  <Value>(shape: Shape<Value>): Shape<readonly Value[]> =>
  (value): value is readonly Value[] =>
    Array.isArray(value) && value.every(shape);

export function objectOf<Value extends object>(members: Members<Value>): Shape<Value> {
  const shapes = Object.entries<Shape<unknown>>(members);
  return (value): value is Value => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const object = value as Readonly<Record<string, unknown>>;
    return shapes.every(([member, shape]) => shape(object[member]));
  };
}
