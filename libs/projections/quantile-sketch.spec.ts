import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { add, emptySketch, mean, quantile, remove, type Sketch } from './quantile-sketch.js';

const sketchOf = (values: readonly number[]): Sketch => values.reduce(add, emptySketch);

/** From nothing to a year, in milliseconds, small ones as often as large ones. */
const value = fc.oneof(
  fc.integer({ min: 0, max: 20 }),
  fc.integer({ min: 0, max: 100_000 }),
  fc.integer({ min: 0, max: 366 * 86_400_000 }),
);
const values = fc.array(value, { maxLength: 300 });

describe('a sketch', () => {
  it('has quantiles within 1 % of the exact ones', () => {
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 300 }),
        fc.constantFrom(0, 0.01, 0.5, 0.9, 0.99, 1),
        (given, share) => {
          const sorted = [...given].sort((a, b) => a - b);
          const exact = sorted[Math.max(0, Math.ceil(share * given.length) - 1)] ?? NaN;
          const found = quantile(sketchOf(given), share) ?? NaN;
          expect(Math.abs(found - exact)).toBeLessThanOrEqual(exact * 0.01 + 1e-9);
        },
      ),
    );
  });

  it('counts and sums exactly', () => {
    fc.assert(
      fc.property(values, (given) => {
        const sketch = sketchOf(given);
        const sum = given.reduce((all, one) => all + one, 0);
        expect(sketch).toMatchObject({ count: given.length, sum });
        expect(mean(sketch)).toBe(given.length === 0 ? null : sum / given.length);
      }),
    );
  });

  it('forgets removed values, in any order', () => {
    fc.assert(
      fc.property(values, values, (stay, go) => {
        const mixed = [...go, ...stay].reduce(add, emptySketch);
        expect(go.reduce(remove, mixed)).toEqual(sketchOf(stay));
      }),
    );
  });

  it('without values has no quantiles and no mean', () => {
    expect(quantile(emptySketch, 0.5)).toBeNull();
    expect(mean(emptySketch)).toBeNull();
  });
});
