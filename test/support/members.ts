import type { OpenApiDocument } from './openapi.js';

/** Members whose own members are named by data: an event's, and the parts of the service. */
const MAPS: readonly string[] = ['data', 'parts'];

/** The paths of all members of a JSON value, such as `items[].service.id`, without those of maps. */
export function membersOf(value: unknown, prefix = ''): Set<string> {
  const found = new Set<string>();
  if (Array.isArray(value)) {
    for (const item of value) for (const path of membersOf(item, prefix)) found.add(path);
    return found;
  }
  if (typeof value !== 'object' || value === null) return found;
  for (const [name, member] of Object.entries(value)) {
    const path = `${prefix}${name}`;
    found.add(path);
    if (MAPS.includes(name)) continue;
    const inside = Array.isArray(member) ? `${path}[].` : `${path}.`;
    for (const deeper of membersOf(member, inside)) found.add(deeper);
  }
  return found;
}

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

/** The paths of all members that a schema of the document has. */
export function membersOfSchema(document: OpenApiDocument, schema: Schema, prefix = ''): string[] {
  const { properties = {}, items, anyOf = [], allOf = [] } = resolve(document, schema);
  const here = Object.entries(properties).flatMap(([name, member]) => [
    `${prefix}${name}`,
    ...membersOfSchema(document, member, `${prefix}${name}.`),
  ]);
  const inItems = items === undefined ? [] : membersOfSchema(document, items, arrayPrefix(prefix));
  return [
    ...here,
    ...inItems,
    ...[...anyOf, ...allOf].flatMap((one) => membersOfSchema(document, one, prefix)),
  ];
}

const arrayPrefix = (prefix: string): string => prefix.replace(/\.$/, '[].');

function resolve({ components }: OpenApiDocument, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  return components.schemas[schema.$ref.replace('#/components/schemas/', '')] as Schema;
}
