import fc from 'fast-check';
import type { Contract } from '#test/support/openapi.js';

/** The keywords of a JSON Schema that values are generated from. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly $ref?: string;
}

/** Values that break many programs. */
const strange: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  Number.MAX_SAFE_INTEGER,
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\u202e',
  'x'.repeat(11_000),
  "' OR 1=1--",
  '"; DROP TABLE events;--',
  '%',
  '../../etc/passwd',
  '${jndi:ldap://x}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'NaN',
  '1e1000',
  [],
  [[]],
  {},
  { $ne: null },
  { $gt: '' },
  { $where: 'sleep(1000)' },
  { toString: 'x' },
  { length: -1 },
  { constructor: 1 },
];

export const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...strange),
  fc.constantFrom(60, 1_000).map(deep),
  fc.json().map((text): unknown => JSON.parse(text)),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

/** Deeply nested arrays, against recursion. */
function deep(depth: number): unknown {
  let value: unknown = 'bottom';
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}

/** Values of a schema, with some members missing, malformed or unknown. */
export function valueOf(
  contract: Contract,
  schema: Schema,
  ids: readonly string[],
  name = '',
): fc.Arbitrary<unknown> {
  const { $ref, properties, items, type } = schema;
  if ($ref !== undefined) {
    const target = $ref.split('/').at(-1) ?? '';
    return valueOf(contract, contract.document.components.schemas[target] as Schema, ids);
  }
  if (schema.enum !== undefined) return mostly(fc.constantFrom(...schema.enum));
  if (properties !== undefined) {
    const members: Record<string, fc.Arbitrary<unknown>> = {};
    for (const [key, member] of Object.entries(properties)) {
      members[key] = valueOf(contract, member, ids, key);
    }
    const own = fc.oneof(fc.record(members), fc.record(members, { requiredKeys: [] }));
    const more = fc.dictionary(fc.constantFrom('colour', '$where', 'roles', 'state'), anything, {
      maxKeys: 1,
    });
    return mostly(fc.tuple(own, more).map(([one, other]) => ({ ...one, ...other })));
  }
  if (type === 'array') {
    return mostly(fc.array(valueOf(contract, items ?? {}, ids, name), { maxLength: 4 }));
  }
  if (type === 'boolean') return mostly(fc.constantFrom(true, true, false));
  if (type === 'integer' || type === 'number') return mostly(fc.integer({ min: 0, max: 6 }));
  return mostly(textOf(name, ids));
}

/** Plausible values for members of this name, so that some requests get far. */
const fitting: Readonly<Record<string, readonly string[]>> = {
  serviceId: ['vpn', 'orphan', 'mail'],
  engineerId: ['bob', 'carol', 'dave'],
  engineerIds: ['bob', 'carol', 'dave'],
  email: ['a@b.example', 'a@b', '"a b"@c.example'],
  mobile: ['+390612345678', '+0'],
  from: ['09:00', '9:00'],
  to: ['18:00', '24:00'],
  timeZone: ['Europe/Rome', 'Mars/Phobos'],
};

function textOf(name: string, ids: readonly string[]): fc.Arbitrary<string> {
  const fits = fitting[name];
  const free = fc.oneof(
    fc.constantFrom('bob', '1', ...ids),
    fc.string({ minLength: 1, maxLength: 30 }),
    fc.string({ unit: 'binary', maxLength: 100 }),
    fc.constantFrom('\ud800', 'a\udc00b', '\u0000', 'x'.repeat(3_000), '$ne', '__proto__'),
  );
  return fits === undefined
    ? free
    : fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...fits) }, { weight: 1, arbitrary: free });
}

const mostly = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 24, arbitrary }, { weight: 1, arbitrary: anything });
