/**
 * A query's values, which arrive as text, in the types of their schemas. Only decimal digits are a
 * number: whatever else JavaScript reads as one stays text, which validation refuses.
 */
export const queryValues = (query: object, schemas: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(
    Object.entries(query).map(([name, value]: [string, unknown]) => [
      name,
      Object.hasOwn(schemas, name) ? valueOf(value, schemas[name] as { type?: unknown }) : value,
    ]),
  );

function valueOf(value: unknown, { type }: { readonly type?: unknown }): unknown {
  if (typeof value !== 'string') return value;
  if (type === 'integer' && /^\d+$/.test(value)) return Number(value);
  return type === 'array' ? [value] : value;
}
