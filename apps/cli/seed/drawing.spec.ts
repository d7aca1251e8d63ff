import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { arrivalsIn, hourOfWeek } from './arrivals.js';
import { EarliestFirst } from './earliest-first.js';
import { Course, transitionsFrom } from './model.js';
import { Random } from './random.js';
import { Texts } from './texts.js';
import { Weighted } from './weighted.js';

describe('random numbers from a seed', () => {
  it('are reproducible and uniform', () => {
    const drawn = (seed: string) => {
      const random = new Random(seed);
      return Array.from({ length: 10_000 }, () => random.next());
    };
    expect(drawn('one')).toStrictEqual(drawn('one'));
    expect(drawn('one')).not.toStrictEqual(drawn('two'));
    const mean = drawn('one').reduce((sum, value) => sum + value, 0) / 10_000;
    expect(mean).toBeCloseTo(0.5, 1);
    expect(new Set(drawn('one')).size).toBeGreaterThan(9_990);
  });

  it('include bytes of all values', () => {
    const counts = new Set(new Random('bytes').bytes(16_384));
    expect(counts.size).toBe(256);
  });
});

describe('a weighted draw', () => {
  it('follows the weights, and never draws an item without weight', () => {
    const weighted = new Weighted([
      ['never', 0],
      ['rarely', 1],
      ['often', 3],
    ]);
    const random = new Random('weights');
    const drawn = Array.from({ length: 4_000 }, () => weighted.draw(random));
    expect(drawn.filter((one) => one === 'never')).toHaveLength(0);
    const often = drawn.filter((one) => one === 'often').length / 4_000;
    expect(often).toBeGreaterThan(0.72);
    expect(often).toBeLessThan(0.78);
  });

  it('needs an item with weight', () => {
    expect(() => new Weighted([['nothing', 0]])).toThrow(RangeError);
  });
});

describe('the queue', () => {
  it('returns the earliest item in any order of operations, with ties in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(20), fc.constant('take' as const))), (steps) => {
        const queue = new EarliestFirst<{ due: number; number: number }>();
        let expected: { due: number; number: number }[] = [];
        for (const [number, step] of steps.entries()) {
          if (step === 'take') {
            const [first, ...others] = expected;
            expect(queue.nextDue).toBe(first?.due ?? Infinity);
            expect(queue.take()).toStrictEqual(first);
            expected = others;
          } else {
            queue.add(step, { due: step, number });
            expected = [...expected, { due: step, number }].sort(
              (one, other) => one.due - other.due || one.number - other.number,
            );
          }
        }
        while (expected.length > 0) expect(queue.take()).toStrictEqual(expected.shift());
        expect(queue.take()).toBeUndefined();
      }),
    );
  });
});

describe('arrivals', () => {
  const from = Date.parse('2026-01-05T00:30:00Z');

  it('are in order, within the period, in the hours of the desk', () => {
    const byHour = Array.from({ length: 168 }, (_, hour) => (hour === 9 || hour === 33 ? 1 : 0));
    const period = { from, to: from + 7 * 86_400_000 };
    const times = [...arrivalsIn(period, 500, byHour, new Random('arrivals'))];
    expect(times).toStrictEqual(times.toSorted((one, other) => one - other));
    expect(new Set(times.map(hourOfWeek))).toStrictEqual(new Set([9, 33]));
  });

  it('stay within a period shorter than an hour', () => {
    const period = { from, to: from + 60_000 };
    const times = [
      ...arrivalsIn(period, 50, [1, ...new Array<number>(167).fill(0)], new Random('x')),
    ];
    expect(Math.min(...times)).toBeGreaterThanOrEqual(period.from);
    expect(Math.max(...times)).toBeLessThan(period.to);
  });
});

describe('a course', () => {
  const transitions = transitionsFrom(`
    pending/create severity 3 0 10 20
    pending/create handle 1 100 100 100
    processing/handle resolve 2 0 0 0
  `);
  const course = new Course({ arrivals: [], transitions });

  it('has the frequencies and the waits of the model', () => {
    const random = new Random('course');
    const drawn = Array.from({ length: 4_000 }, () => course.draw('pending/create', random));
    const judged = drawn.filter(({ command }) => command === 'severity');
    expect(judged.length / 4_000).toBeCloseTo(0.75, 1);
    const waits = judged.map(({ seconds }) => seconds);
    expect(Math.max(...waits)).toBeLessThanOrEqual(20);
    expect(waits.reduce((sum, wait) => sum + wait, 0) / waits.length).toBeCloseTo(10, 0);
    const others = drawn.filter(({ command }) => command !== 'severity');
    expect(new Set(others.map(({ seconds }) => seconds))).toStrictEqual(new Set([100]));
  });

  it('ends if the model has no next step', () => {
    expect(course.draw('closed/confirm', new Random('end')).command).toBe('end');
  });

  it('continues from the nearest place if the model does not have the current one', () => {
    expect(course.after('pending/create', 'processing', 'handle')).toBe('processing/handle');
    expect(course.after('pending/create', 'pending', 'messages')).toBe('pending/create');
    expect(course.after('pending/create', 'processing', 'assign')).toBe('processing/handle');
    expect(course.after('processing/handle', 'closed', 'close')).toBe('closed/close');
  });
});

describe('texts', () => {
  const random = new Random('texts');
  const texts = new Texts();
  const drawn = Array.from({ length: 3_000 }, () => texts.draw(random));
  const words = drawn.flatMap((text) => text.slice(0, -1).toLowerCase().split(' '));

  it('have 5 to 60 words', () => {
    const lengths = drawn.map((text) => text.split(' ').length);
    expect(Math.min(...lengths)).toBe(5);
    expect(Math.max(...lengths)).toBeGreaterThan(50);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(60);
  });

  it('have few common words and many rare ones', () => {
    const counts = new Map<string, number>();
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
    const ranked = [...counts.values()].sort((one, other) => other - one);
    // Zipf: the tenth word is about a tenth as common as the first.
    const tenth = (ranked[0] ?? 0) / (ranked[9] ?? 1);
    expect(tenth).toBeGreaterThan(7);
    expect(tenth).toBeLessThan(14);
    expect(counts.size).toBeGreaterThan(1_000);
  });
});
