import { describe, expect, it } from '@jest/globals';
import { boundOf, momentOf } from './moment.js';

const textOf = (time: number): string => new Date(time).toISOString();

describe('a time of a request', () => {
  it.each([
    ['2026-11-24T12:00:00+00:00', '2026-11-24T12:00:00.000Z'],
    ['2026-11-24t12:00:00z', '2026-11-24T12:00:00.000Z'],
    ['2026-11-24T02:00:00-10:00', '2026-11-24T12:00:00.000Z'],
    ['2026-11-25T11:59:00+23:59', '2026-11-24T12:00:00.000Z'],
    ['9999-12-31T23:59:59-14:00', '9999-12-31T23:59:59.998Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.998Z'],
    ['0000-01-01T00:00:00+14:00', '0000-01-01T00:00:00.000Z'],
  ])('%s is %s, as a moment and as the end of a range', (text, time) => {
    expect(textOf(momentOf(text))).toBe(time);
    expect(textOf(boundOf(text))).toBe(time);
  });

  it('between two milliseconds follows the first, and precedes the second', () => {
    const text = '2026-11-24T12:00:00.123456Z';
    expect(textOf(momentOf(text))).toBe('2026-11-24T12:00:00.123Z');
    expect(textOf(boundOf(text))).toBe('2026-11-24T12:00:00.124Z');
    expect(boundOf('2026-11-24T12:00:00.123000Z')).toBe(momentOf(text));
  });

  it('sorts as text like the times of events, at all edges', () => {
    const now = '2026-11-24T12:00:00.000Z';
    expect(textOf(momentOf('9999-12-31T23:59:59-23:59')) > now).toBe(true);
    expect(textOf(momentOf('9999-12-31T23:59:59-23:59') + 1) > now).toBe(true);
    expect(textOf(momentOf('0000-01-01T00:00:00+23:59')) < now).toBe(true);
  });
});
