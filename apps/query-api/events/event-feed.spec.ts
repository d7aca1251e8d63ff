import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { START, type LogPage, type Position } from '#event-store/event-store.js';
import { MemoryEventStore } from '#event-store/memory/memory-event-store.js';
import { streamOf } from '#event-store/testing/events.js';
import { eventFeed, type Feed } from './event-feed.js';
import { LiveLog } from './live-log.js';

let ended = new AbortController();
afterEach(() => {
  ended.abort();
  ended = new AbortController();
});

/** Tells even positions only: the rest is not for this caller. */
const tell = ({ events, position }: LogPage) =>
  Promise.resolve({
    text: Buffer.from(
      events
        .filter((event) => event.position % 2n === 0n)
        .map((event) => `<${event.position}>`)
        .join(''),
    ),
    position,
  });

const feedOf = (log: MemoryEventStore, after: Position, change: Partial<Feed> = {}) =>
  eventFeed({
    tail: new LiveLog(log).listen(ended.signal),
    after,
    isResumed: false,
    tell,
    signal: ended.signal,
    ...change,
  });

const next = async (feed: AsyncGenerator<string | Buffer>): Promise<string | undefined> =>
  ((await feed.next()) as { value?: string | Buffer }).value?.toString();

describe('a feed', () => {
  it('opens with its place, catches up, and waits for more', async () => {
    const log = new MemoryEventStore();
    await streamOf(log, 5);
    const feed = feedOf(log, 0n);
    expect(await next(feed)).toBe('retry: 2000\nid: 0\n\n');
    expect(await next(feed)).toBe('<2><4>');
    const waiting = next(feed);
    await streamOf(log, 2);
    expect(await waiting).toBe('<6>');
  });

  it('is kept alive through events that are not told, and says how far it has got', async () => {
    const log = new MemoryEventStore();
    await streamOf(log, 1);
    const feed = feedOf(log, 0n, { heartbeatMilliseconds: 60 });
    await next(feed);
    const before = performance.now();
    const waiting = next(feed);
    await setTimeout(20);
    await streamOf(log, 1);
    expect(await waiting).toBe('id: 1\n: keep-alive\n\n');
    expect(performance.now() - before).toBeGreaterThan(55);
    expect(await next(feed)).toBe('id: 1\n: keep-alive\n\n');
    expect(performance.now() - before).toBeGreaterThan(115);
  });

  it('reads nothing before the last text was taken', async () => {
    const log = new MemoryEventStore();
    await streamOf(log, 1_000);
    const tail = new LiveLog(log).listen(ended.signal);
    let reads = 0;
    const after = (position: Position) => {
      reads += 1;
      return tail.after(position);
    };
    const wait: Feed['tail']['wait'] = (...given) => tail.wait(...given);
    const feed = feedOf(log, START, { tail: { after, wait } });
    await next(feed);
    await next(feed);
    await setTimeout(30);
    expect(reads).toBe(1);
    await next(feed);
    expect(reads).toBe(2);
  });

  it('goes on in the middle of a page that was too long to be told at once', async () => {
    const log = new MemoryEventStore();
    await streamOf(log, 5);
    const one = ({ events }: LogPage) => {
      const [{ position }] = events as [LogPage['events'][number]];
      return Promise.resolve({ text: Buffer.from(`<${position}>`), position });
    };
    const feed = feedOf(log, START, { tell: one });
    await next(feed);
    const texts = [await next(feed), await next(feed), await next(feed)];
    expect(texts).toEqual(['<0>', '<1>', '<2>']);
  });

  it('ends at once when it is told to, though nothing happens', async () => {
    const feed = feedOf(new MemoryEventStore(), START);
    await next(feed);
    const waiting = feed.next();
    await setTimeout(10);
    ended.abort();
    expect(await waiting).toEqual({ value: undefined, done: true });
  });
});
