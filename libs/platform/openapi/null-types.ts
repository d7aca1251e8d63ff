type Schema = Readonly<Record<string, unknown>>;

/** Replaces `nullable: true` of OpenAPI 3.0, which `@ApiProperty` writes, by the type `null` of 3.1. */
export const nullTypesOf = <Document>(document: Document): Document =>
  replaced(document) as Document;

function replaced(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(replaced);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, member]): [string, unknown] => [
    key,
    key === 'example' || key === 'examples' ? member : replaced(member),
  ]);
  const schema: Schema = Object.fromEntries(members);
  return schema['nullable'] === true ? orNull(schema) : schema;
}

function orNull({ nullable: _, type, allOf, enum: values, ...rest }: Schema): Schema {
  if (Array.isArray(allOf)) return { ...rest, anyOf: [...(allOf as unknown[]), { type: 'null' }] };
  return {
    ...rest,
    type: [type, 'null'],
    ...(Array.isArray(values) ? { enum: [...(values as unknown[]), null] } : {}),
  };
}
