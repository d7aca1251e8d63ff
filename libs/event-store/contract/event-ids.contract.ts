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

  it('let a retry return the first answer and append nothing', async () => {
    const stream = aStream();
    const events = someEvents(3);
    const first = await store().append(stream, NO_STREAM, events);
    const again = await store().append(stream, NO_STREAM, events);
    expect(again).toStrictEqual({ ...first, repeated: true });
    expect(await wholeStream(store(), stream)).toHaveLength(3);
  });

  it('let a retry return the first answer when the stream has newer events', async () => {
    const { stream, head } = await streamOf(store(), 2);
    const events = someEvents(2);
    const first = await store().append(stream, head, events);
    await store().append(stream, first.head, someEvents(2));
    await streamOf(store(), 2);
    const position = await store().headPosition();
    expect(await store().append(stream, head, events)).toStrictEqual({ ...first, repeated: true });
    expect(await store().headPosition()).toBe(position);
  });

  it('let a retry with other content return what is in the log', async () => {
    const { stream, events, head, position } = await streamOf(store(), 2);
    const before = await wholeStream(store(), stream);
    const again = await store().append(stream, NO_STREAM, retried(events));
    expect(again).toStrictEqual({ head, position, repeated: true });
    expect(await wholeStream(store(), stream)).toStrictEqual(before);
    // A writer can continue from the returned head.
    await store().append(stream, again.head, someEvents(1));
  });

  it('give two concurrent appends of the same events the same answer and append once', async () => {
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
    ['an additional event', (events) => [...events, anEvent()]],
    ['a different last event', (events) => [...events.slice(0, -1), anEvent()]],
    ['a different order', (events) => [...events].reverse()],
  ])('do not treat an append with %s as a retry', async (_, change) => {
    const stream = aStream();
    const events = someEvents(3);
    await store().append(stream, NO_STREAM, events);
    await expect(store().append(stream, NO_STREAM, change(events))).rejects.toThrow(
      WrongExpectedRevision,
    );
    expect(idsOf(await wholeStream(store(), stream))).toStrictEqual(idsOf(events));
  });

  it('that are on another stream are refused', async () => {
    const { events } = await streamOf(store(), 1);
    const stream = aStream();
    const position = await store().headPosition();
    await expect(store().append(stream, NO_STREAM, retried(events))).rejects.toThrow(EventIdTaken);
    expect(await wholeStream(store(), stream)).toStrictEqual([]);
    expect(await store().headPosition()).toBe(position);
  });

  it('that are earlier on the same stream are refused', async () => {
    const { stream, events, head } = await streamOf(store(), 2);
    await expect(store().append(stream, head, events)).rejects.toThrow(EventIdTaken);
    expect(await wholeStream(store(), stream)).toHaveLength(2);
  });

  it.each([0, 1, 2])(
    'refuse the whole append if one of them is taken, at index %i',
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
      // The stream and the other ids are still free.
      const rest = events.filter((_, index) => index !== place);
      const appended = await store().append(stream, head, rest);
      expect(appended.head.revision).toBe(2);
    },
  );

  it('that occur twice in one append are refused', async () => {
    const stream = aStream();
    const id = randomUUID();
    const events = [anEvent({ id }), anEvent(), anEvent({ id })];
    await expect(store().append(stream, NO_STREAM, events)).rejects.toThrow(EventIdTaken);
    expect(await wholeStream(store(), stream)).toStrictEqual([]);
    expect(await store().findEvent(id)).toBeNull();
  });

  it('find their event in any stream', async () => {
    const { stream, events } = await streamOf(store(), 3);
    await streamOf(store(), 1);
    const stored = await wholeStream(store(), stream);
    expect(await store().findEvent(events[1]?.id ?? '')).toStrictEqual(stored[1]);
  });

  it('find nothing if no event has them', async () => {
    await streamOf(store(), 2);
    expect(await store().findEvent(randomUUID())).toBeNull();
  });
}
