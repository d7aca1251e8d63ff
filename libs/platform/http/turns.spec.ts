import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Turns } from './turns.js';

describe('turns', () => {
  it('alternate between callers, and keep the order of each', async () => {
    const turns = new Turns();
    const ran: string[] = [];
    for (const request of ['a1', 'a2', 'a3', 'a4', 'b1', 'c1', 'b2']) {
      turns.take(request.charAt(0), () => ran.push(request));
    }
    expect(ran).toEqual(['a1']);
    while (ran.length < 7) await setImmediate();
    expect(ran).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']);
  });

  it('let new requests in between long ones', async () => {
    const turns = new Turns();
    const ran: string[] = [];
    const long = (name: string) => {
      const until = performance.now() + 10;
      while (performance.now() < until);
      ran.push(name);
    };
    for (let request = 0; request < 20; request++) {
      turns.take('a', () => {
        long('a');
      });
    }
    await setImmediate();
    turns.take('b', () => ran.push('b'));
    while (ran.length < 21) await setImmediate();
    expect(ran.indexOf('b')).toBeLessThan(5);
  });

  it('run a request at once after the others', async () => {
    const turns = new Turns();
    turns.take('a', () => undefined);
    for (let round = 0; round < 3; round++) await setImmediate();
    let hasRun = false;
    turns.take('a', () => (hasRun = true));
    expect(hasRun).toBe(true);
  });
});
