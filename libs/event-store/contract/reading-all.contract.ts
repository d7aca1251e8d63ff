import { beforeEach, expect, it } from '@jest/globals';
import {
  START,
  type EventStore,
  type Position,
  type ReadAllOptions,
  type RecordedEvent,
} from '../event-store.js';
import { anEvent, idsOf, streamOf, wholeLog } from '../testing/events.js';
import { present } from '../testing/present.js';

export function readingAll(store: () => EventStore, open: () => Promise<EventStore>): void {
  /** The end of the log before each test. */
  let before: Position;
  beforeEach(async () => {
    before = await store().headPosition();
  });

  /** Reads page by page up to the end of the log. */
  async function pages(options: ReadAllOptions): Promise<(readonly RecordedEvent[])[]> {
    const read: (readonly RecordedEvent[])[] = [];
    let { after } = options;
    for (;;) {
      const page = await store().readAll({ ...options, after });
      expect(page.length).toBeLessThanOrEqual(options.limit);
      if (page.length === 0) return read;
      for (const { position } of page) {
        expect(position > after).toBe(true);
        after = position;
      }
      read.push(page);
    }
  }

  it('finds nothing in an empty log', async () => {
    const empty = await open();
    expect(await empty.readAll({ after: START, limit: 10 })).toStrictEqual([]);
    expect(await empty.headPosition()).toBe(START);
    // The first event is after the start.
    const { events } = await streamOf(empty, 2);
    expect(idsOf(await empty.readAll({ after: START, limit: 10 }))).toStrictEqual(idsOf(events));
    await empty.close();
  });

  it('finds the event at a position, and none between events or after the end', async () => {
    await streamOf(store(), 2);
    const [first, second] = await store().readAll({ after: before, limit: 2 });
    for (const event of [present(first), present(second)])
      expect(await store().eventAt(event.position)).toStrictEqual(event);
    expect(await store().eventAt(present(second).position + 1n)).toBeNull();
    expect(await store().eventAt(present(second).position + 1_000_000n)).toBeNull();
    const next = present(first).position + 1n;
    if (next < present(second).position) expect(await store().eventAt(next)).toBeNull();
  });

  it('counts the events after a position', async () => {
    expect(await store().countAfter(before)).toBe(0);
    const { events } = await streamOf(store(), 3);
    expect(await store().countAfter(before)).toBe(3);
    const read = await store().readAll({ after: before, limit: 2 });
    expect(idsOf(read)).toStrictEqual(idsOf(events.slice(0, 2)));
    expect(await store().countAfter(present(read[1]).position)).toBe(1);
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
    const events = await store().readAll({ after: before, limit: 100 });
    expect(idsOf(events)).toStrictEqual(idsOf([...one.events, ...other.events, ...more]));
    expect(await store().headPosition()).toBe(events.at(-1)?.position);
  });

  it('starts after a position', async () => {
    const { position } = await streamOf(store(), 3);
    const { events } = await streamOf(store(), 2);
    const page = await store().readAll({ after: position, limit: 100 });
    expect(idsOf(page)).toStrictEqual(idsOf(events));
  });

  it('finds nothing after the end', async () => {
    const { position } = await streamOf(store(), 3);
    expect(await store().readAll({ after: position, limit: 10 })).toStrictEqual([]);
    expect(await store().readAll({ after: position + 1_000n, limit: 10 })).toStrictEqual([]);
  });

  it.each([1, 2, 3, 7, 100])('in pages of %i returns every event once', async (limit) => {
    for (const count of [1, 3, 2, 1]) await streamOf(store(), count);
    const read = await pages({ after: before, limit });
    expect(idsOf(read.flat())).toStrictEqual(idsOf((await wholeLog(store())).slice(-7)));
    expect(read.flat()).toHaveLength(7);
    expect(read[0]).toHaveLength(Math.min(limit, 7));
  });
}
