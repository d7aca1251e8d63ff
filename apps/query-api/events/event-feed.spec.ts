import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { LogReader } from '#consuming/log-reader.js';
import type { Page } from '#consuming/page.js';
import { START, type Position } from '#event-store/event-store.js';
import { MemoryEventStore } from '#event-store/memory/memory-event-store.js';
import { streamOf } from '#event-store/testing/events.js';
import { eventFeed, type Feed } from './event-feed.js';
import { ENOUGH_ROOM } from './testing/enough-room.js';

const LONG_TEXT_BYTES = 64 * 1024;

let ended = new AbortController();
afterEach(() => {
  ended.abort();
  ended = new AbortController();
});

/** Sends only events at even positions; the caller may not see the others. */
const messagesOf = ({ entries, checkpoint: { position } }: Page) =>
  Promise.resolve({
    text: Buffer.from(
      entries
        .filter(({ stored }) => stored.position % 2n === 0n)
        .map(({ stored }) => `<${stored.position}>`)
        .join(''),
    ),
    position,
  });

function feedOf(log: MemoryEventStore, after: Position, change: Partial<Feed> = {}) {
  const { signal } = ended;
  const reader = new LogReader(log);
  reader.join(signal);
  return eventFeed({
    next: (from, timeoutMs) => reader.next(from, { signal, timeoutMs, limitEvents: 50 }),
    after,
    isResumed: false,
    messagesOf,
    rest: () => setTimeout(20),
    room: ENOUGH_ROOM,
    signal,
    ...change,
  });
}

const next = async (feed: AsyncGenerator<string | Buffer>): Promise<string | undefined> =>
  ((await feed.next()) as { value?: string | Buffer }).value?.toString();

describe('a feed', () => {
  it('sends available pages together, without waiting for more', async () => {
    const log = new MemoryEventStore();
    await streamOf(log, 120);
    const feed = feedOf(log, START);
    await next(feed);
    const even = Array.from({ length: 60 }, (_, index) => `<${2 * index}>`);
    expect(await next(feed)).toBe(even.join(''));
  });

  it('sends its position, catches up, and waits for more', async () => {
    const log = new MemoryEventStore();
    await streamOf(log, 5);
    const feed = feedOf(log, 0n);
    expect(await next(feed)).toBe('retry: 2000\nid: 0\n\n');
    expect(await next(feed)).toBe('<2><4>');
    const waiting = next(feed);
    await streamOf(log, 2);
    expect(await waiting).toBe('<6>');
  });

  it('is kept alive during invisible events, with its position', async () => {
    const log = new MemoryEventStore();
    await streamOf(log, 1);
    const feed = feedOf(log, 0n, { heartbeatMs: 60 });
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
    let pages = 0;
    const long = ({ checkpoint: { position } }: Page) => {
      pages += 1;
      return Promise.resolve({ text: Buffer.alloc(LONG_TEXT_BYTES), position });
    };
    const feed = feedOf(log, START, { messagesOf: long });
    await next(feed);
    await next(feed);
    await setTimeout(30);
    expect(pages).toBe(1);
    await next(feed);
    expect(pages).toBe(2);
  });

  it('continues within a page that was too long for one text', async () => {
    const log = new MemoryEventStore();
    await streamOf(log, 5);
    const one = ({ entries }: Page) => {
      const position = entries[0]?.stored.position ?? START;
      return Promise.resolve({
        text: Buffer.from(`<${position}>`.padEnd(LONG_TEXT_BYTES)),
        position,
      });
    };
    const feed = feedOf(log, START, { messagesOf: one });
    await next(feed);
    const texts = [await next(feed), await next(feed), await next(feed)];
    expect(texts.map((text) => text?.trim())).toEqual(['<0>', '<1>', '<2>']);
  });

  it('ends at once on request while nothing happens', async () => {
    const feed = feedOf(new MemoryEventStore(), START);
    await next(feed);
    const waiting = feed.next();
    await setTimeout(10);
    ended.abort();
    expect(await waiting).toEqual({ value: undefined, done: true });
  });
});
