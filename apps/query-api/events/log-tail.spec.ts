import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  START,
  StoreUnavailable,
  type LogPage,
  type Position,
  type ReadAllOptions,
  type SubscribeOptions,
} from '#event-store/event-store.js';
import { MemoryEventStore } from '#event-store/memory/memory-event-store.js';
import { streamOf, wholeLog } from '#event-store/testing/events.js';
import { LiveLog } from './live-log.js';

/** A log that says how many follow it, and that can be made to fail. */
class WatchedLog extends MemoryEventStore {
  followers = 0;
  reads = 0;
  broken = false;

  override readAll(options: ReadAllOptions): Promise<LogPage> {
    if (this.broken) return Promise.reject(new StoreUnavailable('The disk has gone.'));
    this.reads += 1;
    return super.readAll(options);
  }

  override async *subscribeToAll(options: SubscribeOptions): AsyncGenerator<LogPage> {
    this.followers += 1;
    try {
      // By way of this log's own readAll.
      for await (const page of super.subscribeToAll(options)) yield page;
    } finally {
      this.followers -= 1;
    }
  }
}

type Tail = ReturnType<LiveLog['listen']>;

/** Reads from a position until it has reached another one. */
async function readUpTo(tail: Tail, from: Position, to: Position): Promise<Position[]> {
  const positions: Position[] = [];
  const signal = new AbortController().signal;
  for (let position = from; position < to;) {
    const wait = tail.wait(signal, 2_000);
    const page = await tail.after(position);
    expect(page.position).toBeGreaterThanOrEqual(position);
    positions.push(...page.events.map((event) => event.position));
    if (page.position === position) await wait.ended;
    wait.end();
    position = page.position;
  }
  return positions;
}

const range = (from: Position, to: Position): Position[] =>
  Array.from({ length: Number(to - from) }, (_, index) => from + 1n + BigInt(index));

describe('the tail of a log', () => {
  it('has everything behind any position once, while more and more is appended', async () => {
    const appends = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 2, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.nat(200), appends, fc.nat(10_000), async (there, counts, place) => {
        const log = new WatchedLog();
        const ended = new AbortController();
        if (there > 0) await streamOf(log, there);
        const total = BigInt(there + counts.reduce((sum, count) => sum + count, 0)) - 1n;
        const first = BigInt(there) - 1n;
        const tail = new LiveLog(log).listen(ended.signal);
        const from = BigInt(place % (there + 1)) - 1n;
        const readers = [START, from, first].map((start) => readUpTo(tail, start, total));
        for (const count of counts) {
          await streamOf(log, count);
          await setTimeout(count % 3);
        }
        // One more joins when the tail may not have read the head yet.
        readers.push(readUpTo(tail, await log.headPosition(), total));
        const read = await Promise.all(readers);
        expect(read).toEqual([START, from, first, total].map((start) => range(start, total)));
        ended.abort();
      }),
      { numRuns: 15 },
    );
  }, 30_000);

  it('wakes who sleeps for what was appended before it had begun to follow', async () => {
    const log = new WatchedLog();
    await streamOf(log, 1);
    const ended = new AbortController();
    const tail = new LiveLog(log).listen(ended.signal);
    const appended = streamOf(log, 1);
    const before = performance.now();
    expect(await readUpTo(tail, 0n, 1n)).toEqual([1n]);
    expect(performance.now() - before).toBeLessThan(1_000);
    await appended;
    ended.abort();
  });

  it('is read from the log once for all who are at the end of it', async () => {
    const log = new WatchedLog();
    const ended = new AbortController();
    const tail = new LiveLog(log).listen(ended.signal);
    const readers = Array.from({ length: 50 }, () => readUpTo(tail, START, 199n));
    // Each has looked for itself, before it was known where the tail begins.
    await setTimeout(300);
    const before = log.reads;
    for (let count = 0; count < 200; count++) await streamOf(log, 1);
    await Promise.all(readers);
    expect(log.reads - before).toBeLessThan(20);
    ended.abort();
  });

  it('passes on at once what comes alone', async () => {
    const log = new WatchedLog();
    const ended = new AbortController();
    const tail = new LiveLog(log).listen(ended.signal);
    await setTimeout(200);
    const before = performance.now();
    const reading = readUpTo(tail, START, 0n);
    await streamOf(log, 1);
    await reading;
    expect(performance.now() - before).toBeLessThan(80);
    ended.abort();
  });
});

describe('listening', () => {
  it('follows the log as long as somebody listens, and again when somebody comes', async () => {
    const log = new WatchedLog();
    const live = new LiveLog(log);
    for (let round = 0; round < 3; round++) {
      const [one, other] = [new AbortController(), new AbortController()];
      expect(live.listen(one.signal)).toBe(live.listen(other.signal));
      await setTimeout(5);
      expect(log.followers).toBe(1);
      one.abort();
      await setTimeout(5);
      expect(log.followers).toBe(1);
      other.abort();
      await setTimeout(150);
      expect(log.followers).toBe(0);
    }
  });

  it('to a log that fails is told so, and the next one who listens is served again', async () => {
    const log = new WatchedLog();
    const live = new LiveLog(log);
    const [one, other] = [new AbortController(), new AbortController()];
    const tail = live.listen(one.signal);
    await setTimeout(5);
    const reading = readUpTo(tail, START, 0n);
    log.broken = true;
    await Promise.all([
      streamOf(log, 1),
      expect(reading).rejects.toThrow('The disk has gone.'),
      expect(readUpTo(tail, START, 0n)).rejects.toThrow('The disk has gone.'),
    ]);
    log.broken = false;
    const next = live.listen(other.signal);
    expect(await readUpTo(next, START, 0n)).toEqual([0n]);
    one.abort();
    await streamOf(log, 1);
    expect(await readUpTo(next, 0n, 1n)).toEqual([1n]);
    expect((await wholeLog(log)).length).toBe(2);
    other.abort();
    await setTimeout(150);
    expect(log.followers).toBe(0);
  });
});
