import { beforeEach, expect, it } from '@jest/globals';
import {
  NO_STREAM,
  START,
  type EventStore,
  type Position,
  type ReadAllOptions,
  type RecordedEvent,
} from '../event-store.js';
import { anEvent, aStream, idsOf, streamOf, wholeLog } from '../testing/events.js';

export function readingAll(store: () => EventStore, open: () => Promise<EventStore>): void {
  /** The end of the log before each test. */
  let before: Position;
  beforeEach(async () => {
    before = await store().headPosition();
  });

  /** Reads page by page until the position stops moving. */
  async function pages(options: ReadAllOptions): Promise<(readonly RecordedEvent[])[]> {
    const read: (readonly RecordedEvent[])[] = [];
    let { after } = options;
    for (;;) {
      const page = await store().readAll({ ...options, after });
      expect(page.events.length).toBeLessThanOrEqual(options.limit);
      for (const { position } of page.events) {
        expect(position > after && position <= page.position).toBe(true);
      }
      if (page.position === after) return read;
      read.push(page.events);
      after = page.position;
    }
  }

  /** Appends an event of each type, each to a separate stream. */
  async function appendTypes(...types: string[]): Promise<void> {
    for (const type of types) await store().append(aStream(), NO_STREAM, [anEvent({ type })]);
  }

  it('stays at the start of an empty log', async () => {
    const empty = await open();
    expect(await empty.readAll({ after: START, limit: 10 })).toStrictEqual({
      events: [],
      position: START,
    });
    expect(await empty.headPosition()).toBe(START);
    // The first event is after the start.
    const { events } = await streamOf(empty, 2);
    expect(idsOf((await empty.readAll({ after: START, limit: 10 })).events)).toStrictEqual(
      idsOf(events),
    );
    await empty.close();
  });

  it('counts the events after a position', async () => {
    expect(await store().countAfter(before)).toBe(0);
    const { events } = await streamOf(store(), 3);
    expect(await store().countAfter(before)).toBe(3);
    const read = await store().readAll({ after: before, limit: 2 });
    expect(idsOf(read.events)).toStrictEqual(idsOf(events.slice(0, 2)));
    expect(await store().countAfter(read.position)).toBe(1);
    expect(await store().countAfter(await store().headPosition())).toBe(0);
  });

  it('estimates the count of many events', async () => {
    for (let stream = 0; stream < 12; stream++) await streamOf(store(), 100);
    const counted = await store().countAfter(before);
    expect(Math.abs(counted - 1_200)).toBeLessThan(60);
  });

  it('returns the events of all streams in append order', async () => {
    const one = await streamOf(store(), 2);
    const other = await streamOf(store(), 2);
    const more = [anEvent(), anEvent()];
    await store().append(one.stream, one.head, more);
    const { events, position } = await store().readAll({ after: before, limit: 100 });
    expect(idsOf(events)).toStrictEqual(idsOf([...one.events, ...other.events, ...more]));
    expect(position).toBe(await store().headPosition());
    expect(position).toBe(events.at(-1)?.position);
  });

  it('starts after a position', async () => {
    const { position } = await streamOf(store(), 3);
    const { events } = await streamOf(store(), 2);
    const page = await store().readAll({ after: position, limit: 100 });
    expect(idsOf(page.events)).toStrictEqual(idsOf(events));
  });

  it('finds nothing after the end and stays there', async () => {
    const { position } = await streamOf(store(), 3);
    expect(await store().readAll({ after: position, limit: 10 })).toStrictEqual({
      events: [],
      position,
    });
    const beyond: Position = position + 1_000n;
    expect(await store().readAll({ after: beyond, limit: 10 })).toStrictEqual({
      events: [],
      position: beyond,
    });
  });

  it.each([1, 2, 3, 7, 100])('in pages of %i returns every event once', async (limit) => {
    for (const count of [1, 3, 2, 1]) await streamOf(store(), count);
    const read = await pages({ after: before, limit });
    expect(idsOf(read.flat())).toStrictEqual(idsOf((await wholeLog(store())).slice(-7)));
    expect(read.flat()).toHaveLength(7);
    expect(read[0]).toHaveLength(Math.min(limit, 7));
  });

  it('by types omits other types', async () => {
    await appendTypes('A', 'B', 'A', 'C', 'B');
    const typesRead = async (...types: string[]) => {
      const { events } = await store().readAll({ after: before, types, limit: 100 });
      return events.map(({ type }) => type);
    };
    expect(await typesRead('A')).toStrictEqual(['A', 'A']);
    expect(await typesRead('C', 'B')).toStrictEqual(['B', 'C', 'B']);
    expect(await typesRead('D')).toStrictEqual([]);
    expect(await typesRead()).toStrictEqual([]);
  });

  it('by types moves past events of other types', async () => {
    await appendTypes('A', 'B', 'B', 'B');
    const head = await store().headPosition();
    const page = await store().readAll({ after: before, types: ['A'], limit: 10 });
    expect(page).toMatchObject({ events: [{ type: 'A' }], position: head });
    const none = await store().readAll({ after: before, types: ['D'], limit: 10 });
    expect(none).toStrictEqual({ events: [], position: head });
  });

  it.each([1, 2, 3])('by types in pages of %i misses no event', async (limit) => {
    await appendTypes('A', 'B', 'A', 'A', 'B', 'B', 'A', 'B');
    const read = await pages({ after: before, types: ['A'], limit });
    expect(read.flat().map(({ type }) => type)).toStrictEqual(['A', 'A', 'A', 'A']);
    expect(new Set(idsOf(read.flat())).size).toBe(4);
  });
}
