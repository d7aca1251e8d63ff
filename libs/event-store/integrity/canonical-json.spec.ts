import canonicalize from 'canonicalize';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Json } from '../event-store.js';
import { canonicalJson } from './canonical-json.js';

/** An independent implementation of RFC 8785. Its types declare a module, but it is a function. */
const another = canonicalize as unknown as (value: Json) => string;

/** Any JSON, with names that are hard to sort. */
const anyJson = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.string({ unit: 'binary' }),
    ),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.nat(200).map(String),
        fc.constantFrom('__proto__', 'constructor', 'toString', '', '\ufb33', '\u{1f600}'),
      ),
      tie('value'),
      { maxKeys: 8, noNullPrototype: true },
    ),
  ),
})).value;

describe('canonical JSON', () => {
  it('writes the example of RFC 8785, section 3.2.2', () => {
    const value = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"\u002f',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts names by their UTF-16 code units, as in RFC 8785, section 3.2.3', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\u{1f600}': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect([...canonicalJson(value).matchAll(/:"(.*?)"/g)].map(([, text]) => text)).toStrictEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  it('sorts numeric names as text among the others', () => {
    expect(canonicalJson({ b: 1, '10': 2, '9': 3, '1': 4, a: 5, '-1': 6, '01': 7 })).toBe(
      '{"-1":6,"01":7,"1":4,"10":2,"9":3,"a":5,"b":1}',
    );
  });

  // RFC 8785, appendix B: the bits of a double, and how it is written.
  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the double %s as %s', (bits, text) => {
    expect(canonicalJson(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text);
  });

  it.each([NaN, Infinity, -Infinity])('rejects %d', (value) => {
    expect(() => canonicalJson({ deep: [value] })).toThrow(TypeError);
  });

  it.each<[string, Json]>([
    ['at the end', 'x\ud83c'],
    ['at the beginning', '\udfab x'],
    ['in the wrong order', '\udfab\ud83c'],
    ['in a name', { '\ud83c': 1 }],
    ['deep inside', [{ a: ['ok', { b: '\udfab' }] }]],
  ])('rejects half a surrogate pair: %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  it('omits undefined members and writes undefined items as null', () => {
    const value = { a: undefined, b: [undefined, 1], c: 2 } as unknown as Json;
    expect(canonicalJson(value)).toBe('{"b":[null,1],"c":2}');
  });

  it('equals the output of an independent implementation', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(canonicalJson(value)).toBe(another(value));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is stable when parsed and serialised again', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order of members', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.integer(), { noNullPrototype: true }),
        (members) => {
          const reversed = Object.fromEntries(Object.entries(members).reverse());
          expect(canonicalJson(reversed)).toBe(canonicalJson(members));
        },
      ),
    );
  });
});
