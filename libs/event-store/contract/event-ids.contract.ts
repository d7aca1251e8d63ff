import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import {
  EventIdTaken,
  NO_STREAM,
  WrongExpectedRevision,
  type EventStore,
  type EventToAppend,
} from '../event-store.js';
import { anEvent, aStream, idsOf, someEvents, streamOf, wholeStream } from '../testing/events.js';

export function eventIds(store: () => EventStore): void {
  const retried = (events: readonly EventToAppend[]) =>
    events.map((event) => ({ ...event, at: '2027-01-01T00:00:00.000Z', data: { retried: true } }));

  it('answer a retried append as it was answered first, and append nothing', async () => {
    const stream = aStream();
    const events = someEvents(3);
    const first = await store().append(stream, NO_STREAM, events);
    const again = await store().append(stream, NO_STREAM, events);
    expect(again).toStrictEqual({ ...first, repeated: true });
    expect(await wholeStream(store(), stream)).toHaveLength(3);
  });

  it('answer a retry in the middle of a stream that went on meanwhile', async () => {
    const { stream, head } = await streamOf(store(), 2);
    const events = someEvents(2);
    const first = await store().append(stream, head, events);
    await store().append(stream, first.head, someEvents(2));
    await streamOf(store(), 2);
    const position = await store().headPosition();
    expect(await store().append(stream, head, events)).toStrictEqual({ ...first, repeated: true });
    expect(await store().headPosition()).toBe(position);
  });

  it('answer with what is on the log, even where the retry says something else', async () => {
    const { stream, events, head, position } = await streamOf(store(), 2);
    const before = await wholeStream(store(), stream);
    const again = await store().append(stream, NO_STREAM, retried(events));
    expect(again).toStrictEqual({ head, position, repeated: true });
    expect(await wholeStream(store(), stream)).toStrictEqual(before);
    // So a writer can go on behind it.
    await store().append(stream, again.head, someEvents(1));
  });

  it('answer two writers who append the same at once alike, and append it once', async () => {
    const stream = aStream();
    const events = someEvents(2);
    const [one, other] = await Promise.all([
      store().append(stream, NO_STREAM, events),
      store().append(stream, NO_STREAM, events),
    ]);
    expect(other.head).toStrictEqual(one.head);
    expect([one.repeated, other.repeated].sort()).toStrictEqual([false, true]);
    expect(await wholeStream(store(), stream)).toHaveLength(2);
  });

  it.each<[string, (events: EventToAppend[]) => EventToAppend[]]>([
    ['one event more', (events) => [...events, anEvent()]],
    ['another last event', (events) => [...events.slice(0, -1), anEvent()]],
    ['another order', (events) => [...events].reverse()],
  ])('take an append with %s for no retry', async (_, change) => {
    const stream = aStream();
    const events = someEvents(3);
    await store().append(stream, NO_STREAM, events);
    await expect(store().append(stream, NO_STREAM, change(events))).rejects.toThrow(
      WrongExpectedRevision,
    );
    expect(idsOf(await wholeStream(store(), stream))).toStrictEqual(idsOf(events));
  });

  it('that are on another stream are never appended again', async () => {
    const { events } = await streamOf(store(), 1);
    const stream = aStream();
    const position = await store().headPosition();
    await expect(store().append(stream, NO_STREAM, retried(events))).rejects.toThrow(EventIdTaken);
    expect(await wholeStream(store(), stream)).toStrictEqual([]);
    expect(await store().headPosition()).toBe(position);
  });

  it('that are on the same stream further back are never appended again', async () => {
    const { stream, events, head } = await streamOf(store(), 2);
    await expect(store().append(stream, head, events)).rejects.toThrow(EventIdTaken);
    expect(await wholeStream(store(), stream)).toHaveLength(2);
  });

  it.each([0, 1, 2])(
    'of which one is taken refuse the whole append: the one at place %i',
    async (place) => {
      const { events: there } = await streamOf(store(), 1);
      const { stream, head } = await streamOf(store(), 1);
      const position = await store().headPosition();
      const events = someEvents(3);
      events[place] = anEvent({ id: there[0]?.id ?? '' });
      await expect(store().append(stream, head, events)).rejects.toThrow(EventIdTaken);
      expect(await wholeStream(store(), stream)).toHaveLength(1);
      expect(await store().headPosition()).toBe(position);
      for (const { id } of events.filter((_, index) => index !== place)) {
        expect(await store().findEvent(id)).toBeNull();
      }
      // The stream and the other ids are as free as before.
      const rest = events.filter((_, index) => index !== place);
      const appended = await store().append(stream, head, rest);
      expect(appended.head.revision).toBe(2);
    },
  );

  it('that come twice in one append refuse it', async () => {
    const stream = aStream();
    const id = randomUUID();
    const events = [anEvent({ id }), anEvent(), anEvent({ id })];
    await expect(store().append(stream, NO_STREAM, events)).rejects.toThrow(EventIdTaken);
    expect(await wholeStream(store(), stream)).toStrictEqual([]);
    expect(await store().findEvent(id)).toBeNull();
  });

  it('find their event wherever it is', async () => {
    const { stream, events } = await streamOf(store(), 3);
    await streamOf(store(), 1);
    const stored = await wholeStream(store(), stream);
    expect(await store().findEvent(events[1]?.id ?? '')).toStrictEqual(stored[1]);
  });

  it('find nothing where no event has them', async () => {
    await streamOf(store(), 2);
    expect(await store().findEvent(randomUUID())).toBeNull();
  });
}
