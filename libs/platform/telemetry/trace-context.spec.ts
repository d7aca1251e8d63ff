import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isSampled, readTraceparent, spanIdOf, traceIdOf } from './trace-context.js';

const hex = (digits: number) =>
  fc
    .array(fc.integer({ min: 0, max: 15 }), { minLength: digits, maxLength: digits })
    .map((all) => all.map((digit) => digit.toString(16)).join(''))
    .filter((text) => !/^0+$/.test(text));

describe('a trace context', () => {
  it('parses into its trace id, span id and flags', () => {
    const flags = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(hex(32), hex(16), flags, (traceId, spanId, bits) => {
        const text = `00-${traceId}-${spanId}-${bits.toString(16).padStart(2, '0')}`;
        expect(readTraceparent(text)).toBe(text);
        expect([traceIdOf(text), spanIdOf(text)]).toEqual([traceId, spanId]);
        expect(isSampled(text)).toBe(bits % 2 === 1);
      }),
    );
  });

  const trace = '0af7651916cd43dd8448eb211c80319c';
  it.each([
    undefined,
    '',
    'anything',
    ['several', 'headers'],
    `00-${trace}-b7ad6b7169203331`,
    `00-${trace}-0000000000000000-01`,
    `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
    `00-${trace.toUpperCase()}-b7ad6b7169203331-01`,
    `ff-${trace}-b7ad6b7169203331-01`,
    `00-${trace}-b7ad6b7169203331-01-more`,
  ])('is not parsed from %j', (text) => {
    expect(readTraceparent(text)).toBeUndefined();
  });
});
