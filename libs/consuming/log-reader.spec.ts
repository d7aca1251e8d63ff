import { setImmediate, setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  START,
  StoreUnavailable,
  type Position,
  type ReadAllOptions,
  type RecordedEvent,
  type SubscribeOptions,
} from '#event-store/event-store.js';
import { streamOf } from '#event-store/testing/events.js';
import { ReplaceableLog } from '#event-store/testing/replaceable-log.js';
import { until } from '#test/support/until.js';
import { AT_START, LogReplaced, type Checkpoint } from './checkpoint.js';
import { LogReader } from './log-reader.js';

/** A log that counts its reads, and can fail or look like another log. */
class WatchedLog extends ReplaceableLog {
  reads = 0;
  followers = 0;
  isBroken = false;
  damaged: Position | null = null;

  override async readAll(options: ReadAllOptions): Promise<readonly RecordedEvent[]> {
    if (this.isBroken) throw new StoreUnavailable('The disk has gone.');
    this.reads += 1;
    const events = await super.readAll(options);
    return events.map((event) =>
      event.position === this.damaged ? { ...event, damage: 'was altered' } : event,
    );
  }

  override async *subscribeToAll(
    options: SubscribeOptions,
  ): AsyncGenerator<readonly RecordedEvent[]> {
    this.followers += 1;
    try {
      yield* super.subscribeToAll(options);
    } finally {
      this.followers -= 1;
    }
  }
}

/** Follows a log from a checkpoint until it has reached a position. */
async function positionsUpTo(
  reader: LogReader,
  from: Checkpoint,
  to: Position,
  restMs = 0,
): Promise<Position[]> {
  const positions: Position[] = [];
  for await (const page of reader.follow(from, new AbortController().signal)) {
    positions.push(...page.entries.map(({ stored }) => stored.position));
    if (page.checkpoint.position >= to) break;
    if (restMs > 0) await setTimeout(restMs);
  }
  return positions;
}

const range = (from: Position, to: Position): Position[] =>
  Array.from({ length: Number(to - from) }, (_, index) => from + 1n + BigInt(index));

const checkpointAt = (position: Position): Checkpoint => ({ position, event: null });

describe('following a log', () => {
  it('yields every event after any checkpoint once, in order, while events are appended', async () => {
    const appends = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 2, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.nat(1_500), appends, fc.nat(10_000), async (there, counts, place) => {
        const log = new WatchedLog();
        if (there > 0) await streamOf(log, there);
        const total = BigInt(there + counts.reduce((sum, count) => sum + count, 0)) - 1n;
        const reader = new LogReader(log, { pageSizeEvents: 100, paceMs: 1 });
        const starts = [START, BigInt(place % (there + 1)) - 1n, BigInt(there) - 1n];
        const reading = starts.map((start, index) =>
          positionsUpTo(reader, start < 0n ? AT_START : checkpointAt(start), total, index),
        );
        for (const count of counts) {
          await streamOf(log, count);
          await setTimeout(count % 3);
        }
        expect(await Promise.all(reading)).toEqual(starts.map((start) => range(start, total)));
      }),
      { numRuns: 15 },
    );
  });

  it('reads each page once for all consumers at the end of the log', async () => {
    const log = new WatchedLog();
    const reader = new LogReader(log);
    const reading = Array.from({ length: 50 }, () => positionsUpTo(reader, AT_START, 199n));
    await setTimeout(20);
    const before = log.reads;
    for (let count = 0; count < 200; count++) await streamOf(log, 1);
    await Promise.all(reading);
    // Each of the 50 consumers would read each event.
    expect(log.reads - before).toBeLessThan(200);
  });

  it('reads each page once for consumers that lag at the same position', async () => {
    const log = new WatchedLog();
    await streamOf(log, 1_000);
    const reader = new LogReader(log, { pageSizeEvents: 100 });
    await Promise.all(Array.from({ length: 9 }, () => positionsUpTo(reader, AT_START, 999n)));
    expect(log.reads).toBeLessThanOrEqual(11);
  });

  it('yields a single event at once', async () => {
    const latenciesMs = [];
    for (let times = 0; times < 5; times++) {
      const log = new WatchedLog();
      const reading = positionsUpTo(new LogReader(log), AT_START, 0n);
      await setTimeout(50);
      const before = performance.now();
      await streamOf(log, 1);
      await reading;
      latenciesMs.push(performance.now() - before);
    }
    expect(Math.min(...latenciesMs)).toBeLessThan(80);
  });

  it('ends when its signal aborts while nothing happens', async () => {
    const reader = new LogReader(new WatchedLog());
    const ended = new AbortController();
    const pages = reader.follow(AT_START, ended.signal);
    const next = pages.next();
    await setTimeout(10);
    ended.abort();
    expect(await next).toMatchObject({ done: true });
  });

  it("throws the log's errors, and can follow again afterwards", async () => {
    const log = new WatchedLog();
    const reader = new LogReader(log);
    const reading = positionsUpTo(reader, AT_START, 0n);
    await setTimeout(10);
    log.isBroken = true;
    await Promise.all([streamOf(log, 1), expect(reading).rejects.toThrow('The disk has gone.')]);
    log.isBroken = false;
    expect(await positionsUpTo(reader, AT_START, 0n)).toEqual([0n]);
  });
});

describe('an ephemeral consumer', () => {
  let ended = new AbortController();
  afterEach(() => {
    ended.abort();
    ended = new AbortController();
  });

  /** Takes a part of each page, between two positions. */
  async function takeUpTo(
    reader: LogReader,
    { from, to }: { readonly from: Position; readonly to: Position },
    signal: AbortSignal,
  ): Promise<Position[]> {
    reader.join(signal);
    const positions: Position[] = [];
    for (let position = from; position < to;) {
      const page = await reader.next(position, { signal, limitEvents: 30 });
      const part = page?.entries.slice(0, 40).map(({ stored }) => stored.position) ?? [];
      positions.push(...part);
      position = part.at(-1) ?? to;
    }
    return positions;
  }

  it('gets every event once, in order, for any part of a page', async () => {
    const appends = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 2, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.nat(400), appends, fc.nat(10_000), async (there, counts, place) => {
        const log = new WatchedLog();
        const done = new AbortController();
        if (there > 0) await streamOf(log, there);
        const to = BigInt(there + counts.reduce((sum, count) => sum + count, 0)) - 1n;
        const reader = new LogReader(log, { pageSizeEvents: 100, paceMs: 1 });
        const starts = [START, BigInt(place % (there + 1)) - 1n, BigInt(there) - 1n];
        const reading = starts.map((from) => takeUpTo(reader, { from, to }, done.signal));
        for (const count of counts) {
          await streamOf(log, count);
          await setTimeout(count % 3);
        }
        expect(await Promise.all(reading)).toEqual(starts.map((from) => range(from, to)));
        done.abort();
      }),
      { numRuns: 15 },
    );
  });

  it('waits at most for its timeout', async () => {
    const { signal } = ended;
    const reader = new LogReader(new WatchedLog());
    reader.join(signal);
    const before = performance.now();
    expect(await reader.next(START, { signal, timeoutMs: 0 })).toBeNull();
    expect(await reader.next(START, { signal, timeoutMs: 60 })).toBeNull();
    expect(performance.now() - before).toBeGreaterThan(55);
  });

  it('follows the log only while a consumer has joined', async () => {
    const log = new WatchedLog();
    const reader = new LogReader(log);
    for (let round = 0; round < 3; round++) {
      const [one, other] = [new AbortController(), new AbortController()];
      for (const { signal } of [one, other]) {
        reader.join(signal);
        void reader.next(await log.headPosition(), { signal });
      }
      await setTimeout(5);
      expect(log.followers).toBe(1);
      one.abort();
      await setTimeout(5);
      expect(log.followers).toBe(1);
      other.abort();
      await until('nobody follows', () => (log.followers === 0 ? true : null));
    }
  });

  it('reads small pages while it lags, one in each turn of the event loop', async () => {
    const log = new WatchedLog();
    await streamOf(log, 1_000);
    const { signal } = ended;
    const reader = new LogReader(log);
    reader.join(signal);
    let turns = 0;
    const counting = new AbortController();
    void (async () => {
      for (; !counting.signal.aborted; turns++) await setImmediate();
    })();
    const pages = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        reader.next(BigInt(index), { signal, limitEvents: 50 }),
      ),
    );
    expect(pages.map((page) => page?.entries.length)).toEqual(Array(20).fill(50));
    counting.abort();
    expect(turns).toBeGreaterThan(15);
  });
});

describe('a damaged event', () => {
  it('is read again by the next consumer, which finds it mended', async () => {
    // Given a log with a damaged event, which a consumer has read while another waits at its end.
    const log = new WatchedLog();
    await streamOf(log, 3);
    log.damaged = 1n;
    const reader = new LogReader(log);
    const { signal } = new AbortController();
    reader.join(signal);
    const damages = async () => {
      const page = await reader.next(START, { signal });
      return page?.entries.map(({ stored }) => stored.damage ?? null);
    };
    expect(await damages()).toEqual([null, 'was altered', null]);
    // When it is mended, then the next consumer reads what was appended.
    log.damaged = null;
    expect(await damages()).toEqual([null, null, null]);
  });
});

describe('a different log from the one that was read', () => {
  it('is refused at the start', async () => {
    const log = new WatchedLog();
    await streamOf(log, 3);
    const reading = positionsUpTo(
      new LogReader(log),
      { position: 1n, event: { id: 'missing', hash: '' } },
      2n,
    );
    await expect(reading).rejects.toThrow(LogReplaced);
  });

  it('is refused if it ends before the checkpoint', async () => {
    const log = new WatchedLog();
    await streamOf(log, 3);
    await expect(positionsUpTo(new LogReader(log), checkpointAt(7n), 9n)).rejects.toThrow(
      'The log has no event at position 7',
    );
  });

  it('is detected while a consumer waits for the next event', async () => {
    const log = new WatchedLog();
    await streamOf(log, 3);
    const reader = new LogReader(log, { verifyIntervalMs: 20 });
    const reading = positionsUpTo(reader, AT_START, 9n);
    await setTimeout(10);
    log.isReplaced = true;
    await expect(reading).rejects.toThrow(LogReplaced);
  });
});
