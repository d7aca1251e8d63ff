import { describe, expect, it } from '@jest/globals';
import { Problem } from '#platform/problems/problem.js';
import { Freshness } from './freshness.js';

const at = (position: bigint) => ({ checkpoint: () => Promise.resolve(position) });
const never = () => new Promise<bigint>(() => undefined);

describe('a query without minPosition', () => {
  it('waits for the events that are in the log already', async () => {
    let position = 3n;
    const freshness = new Freshness(() => Promise.resolve(5n));
    const growing = { checkpoint: () => Promise.resolve(position++) };
    expect(await freshness.reached(undefined, growing)).toBe(5n);
  });

  it('answers with what has been projected if projections lag', async () => {
    const freshness = new Freshness(() => Promise.resolve(5n));
    expect(await freshness.reached(undefined, at(4n), at(2n))).toBe(2n);
  });

  it.each([
    ['fails', () => Promise.reject(new Error('Unreachable.'))],
    ['does not answer', never],
  ])('is answered soon with what has been projected if the log %s', async (_, head) => {
    const begin = performance.now();
    expect(await new Freshness(head).reached(undefined, at(2n))).toBe(2n);
    expect(performance.now() - begin).toBeLessThan(2_000);
  });
});

describe('a query with minPosition', () => {
  it('answers once all read models have reached it, without reading the log', async () => {
    expect(await new Freshness(never).reached('4', at(4n), at(7n))).toBe(4n);
  });

  it('is refused if they do not reach it', async () => {
    await expect(new Freshness(never).reached('4', at(3n))).rejects.toThrow(Problem);
  });
});
