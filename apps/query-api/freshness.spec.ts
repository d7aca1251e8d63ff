import { setImmediate, setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { LogReader } from '#consuming/log-reader.js';
import type { Position } from '#event-store/event-store.js';
import { Notifier } from '#event-store/follow.js';
import { MemoryEventStore } from '#event-store/memory/memory-event-store.js';
import { streamOf } from '#event-store/testing/events.js';
import { Problem } from '#platform/problems/problem.js';
import { SqliteViewStore } from '#view-stores/sqlite/sqlite-view-store.js';
import { Freshness } from './freshness.js';

/** Read models that are written only by the test. */
class Writes extends SqliteViewStore {
  readonly #notifier = new Notifier();

  constructor() {
    super(':memory:');
  }

  override waitForWrite(timeoutMs: number) {
    return this.#notifier.wait(null, timeoutMs);
  }

  written(): void {
    this.#notifier.notify();
  }
}

class LogWith extends MemoryEventStore {
  constructor(private readonly head: () => Promise<Position>) {
    super();
  }

  override headPosition(): Promise<Position> {
    return this.head();
  }
}

const freshnessWith = (head: () => Promise<Position>, store = new Writes()) =>
  new Freshness(new LogReader(new LogWith(head)), store);
const at = (position: bigint) => ({ checkpoint: () => Promise.resolve(position) });
const never = () => new Promise<bigint>(() => undefined);

afterEach(() => {
  jest.restoreAllMocks();
});

describe('a query without minPosition', () => {
  it('waits for the events that are in the log already', async () => {
    // However slow the machine is, the time for which it waits does not end.
    jest.spyOn(performance, 'now').mockReturnValue(0);
    let position = 3n;
    const store = new Writes();
    const freshness = freshnessWith(() => Promise.resolve(5n), store);
    const growing = { checkpoint: () => Promise.resolve(position) };
    const reached = freshness.reached(undefined, growing);
    for (; position < 5n; position++) {
      await setTimeout(1);
      store.written();
    }
    store.written();
    expect(await reached).toBe(5n);
  });

  it('answers with what has been projected if projections lag', async () => {
    const freshness = freshnessWith(() => Promise.resolve(5n));
    expect(await freshness.reached(undefined, at(4n), at(2n))).toBe(2n);
  });

  it.each([
    ['is away', () => Promise.reject(new Error('Away.'))],
    ['says nothing', never],
  ])('is answered soon with what has been projected if the log %s', async (_, head) => {
    const begin = performance.now();
    expect(await freshnessWith(head).reached(undefined, at(2n))).toBe(2n);
    expect(performance.now() - begin).toBeLessThan(2_000);
  });
});

describe('queries that wait for the same write', () => {
  it('go on in turns, with others in between', async () => {
    let position = 3n;
    const store = new Writes();
    const freshness = freshnessWith(() => Promise.resolve(4n), store);
    const growing = { checkpoint: () => Promise.resolve(position) };
    let isDone = 0;
    const waiting = Array.from({ length: 20 }, async () => {
      await freshness.reached(undefined, growing);
      const until = performance.now() + 10;
      while (performance.now() < until);
      isDone += 1;
    });
    await setImmediate();
    position = 4n;
    store.written();
    await setTimeout(1);
    expect(isDone).toBeLessThan(10);
    await Promise.all(waiting);
  });
});

describe('a query with minPosition', () => {
  it('answers once all read models have reached it, without reading the log', async () => {
    expect(await freshnessWith(never).reached('4', at(4n), at(7n))).toBe(4n);
  });

  it('answers as soon as the read models are written', async () => {
    const store = new Writes();
    let position = 3n;
    const reached = freshnessWith(() => Promise.resolve(4n), store).reached('4', {
      checkpoint: () => Promise.resolve(position),
    });
    await setTimeout(20);
    position = 4n;
    store.written();
    const before = performance.now();
    expect(await reached).toBe(4n);
    expect(performance.now() - before).toBeLessThan(2_500);
  });

  it('is refused if they do not reach it', async () => {
    await expect(freshnessWith(never).reached('4', at(3n))).rejects.toThrow(Problem);
  });

  it('is refused at once if the log itself has not reached it', async () => {
    const freshness = freshnessWith(() => Promise.resolve(5n));
    for (const asked of [freshness.reached('6', at(3n)), freshness.logReached('6')]) {
      await expect(asked).rejects.toMatchObject({
        code: 'invalid_request',
        extras: { errors: [{ pointer: '/minPosition' }] },
      });
    }
  });

  it('that is answered from the log needs the log alone', async () => {
    const log = new MemoryEventStore();
    const freshness = new Freshness(new LogReader(log), new Writes());
    await streamOf(log, 2);
    expect(await freshness.logReached(undefined)).toBe(1n);
    expect(await freshness.logReached('1')).toBe(1n);
  });
});
