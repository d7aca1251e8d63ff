import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buckets, countBuckets, lengthOf, startOf, wholeBuckets } from './flow-buckets.js';

const time = fc.integer({ min: Date.UTC(2000), max: Date.UTC(2100) });
const bucket = fc.constantFrom(...buckets);

describe('buckets', () => {
  it('begin on the hour, at midnight, and on Monday', () => {
    const at = Date.parse('2026-11-26T10:20:30.456Z');
    expect(new Date(startOf('hour', at)).toISOString()).toBe('2026-11-26T10:00:00.000Z');
    expect(new Date(startOf('day', at)).toISOString()).toBe('2026-11-26T00:00:00.000Z');
    expect(new Date(startOf('week', at)).toISOString()).toBe('2026-11-23T00:00:00.000Z');
  });

  it('contain the time that they are computed from', () => {
    fc.assert(
      fc.property(bucket, time, (of, at) => {
        const start = startOf(of, at);
        expect(start <= at && at < start + lengthOf(of)).toBe(true);
        expect(startOf(of, start)).toBe(start);
        if (of === 'week') expect(new Date(start).getUTCDay()).toBe(1);
      }),
    );
  });

  it('cover a range with the fewest buckets', () => {
    fc.assert(
      fc.property(bucket, time, fc.nat(40 * 86_400_000), (of, from, length) => {
        const range = wholeBuckets(of, { from, to: from + length });
        expect(range.from).toBe(startOf(of, from));
        expect(range.to).toBeGreaterThanOrEqual(from + length);
        expect(countBuckets(of, range)).toBeGreaterThanOrEqual(1);
        expect(range.to - lengthOf(of) < from + length || countBuckets(of, range) === 1).toBe(true);
        expect(Number.isInteger(countBuckets(of, range))).toBe(true);
      }),
    );
  });
});
