import { expect, it } from '@jest/globals';
import {
  NO_STREAM,
  WrongExpectedRevision,
  type EventStore,
  type StreamHead,
} from '../event-store.js';
import { anEvent, aStream, idsOf, someEvents, streamOf, wholeStream } from '../testing/events.js';

export function appending(store: () => EventStore): void {
  it('creates a stream if none is expected', async () => {
    const stream = aStream();
    const events = someEvents(3);
    const { head, position, repeated } = await store().append(stream, NO_STREAM, events);
    const stored = await wholeStream(store(), stream);
    expect(stored).toMatchObject(events.map((event, revision) => ({ ...event, stream, revision })));
    expect(head).toStrictEqual({ revision: 2, hash: stored[2]?.hash });
    expect(position).toBe(stored[2]?.position);
    expect(repeated).toBe(false);
  });

  it('continues after the head that the previous append returned', async () => {
    const { stream, head, events } = await streamOf(store(), 2);
    const more = someEvents(2);
    const appended = await store().append(stream, head, more);
    expect(appended.head.revision).toBe(3);
    expect(idsOf(await wholeStream(store(), stream))).toStrictEqual(idsOf([...events, ...more]));
  });

  it('continues after a head that was read', async () => {
    const { stream } = await streamOf(store(), 3);
    const [last] = await store().readStream(stream, { direction: 'backwards', limit: 1 });
    await store().append(stream, last ?? NO_STREAM, someEvents(1));
    expect(await wholeStream(store(), stream)).toHaveLength(4);
  });

  it('that expects no stream fails on an existing one', async () => {
    const { stream } = await streamOf(store(), 1);
    await expect(store().append(stream, NO_STREAM, someEvents(1))).rejects.toThrow(
      WrongExpectedRevision,
    );
    expect(await wholeStream(store(), stream)).toHaveLength(1);
  });

  it.each<[string, (head: StreamHead) => StreamHead]>([
    ['an earlier revision', (head) => ({ ...head, revision: head.revision - 1 })],
    ['a later revision', (head) => ({ ...head, revision: head.revision + 1 })],
    ['a different hash', (head) => ({ ...head, hash: 'ab'.repeat(32) })],
    ['the beginning', () => NO_STREAM],
  ])('that expects %s is refused and appends nothing', async (_, wrong) => {
    const { stream, head, events } = await streamOf(store(), 3);
    const position = await store().headPosition();
    await expect(store().append(stream, wrong(head), someEvents(2))).rejects.toThrow(
      WrongExpectedRevision,
    );
    expect(idsOf(await wholeStream(store(), stream))).toStrictEqual(idsOf(events));
    expect(await store().headPosition()).toBe(position);
    // The correct head still works.
    await store().append(stream, head, someEvents(1));
    expect(await wholeStream(store(), stream)).toHaveLength(4);
  });

  it('that expects a stream which does not exist is refused', async () => {
    const { head } = await streamOf(store(), 1);
    const stream = aStream();
    await expect(store().append(stream, head, someEvents(1))).rejects.toThrow(
      WrongExpectedRevision,
    );
    expect(await wholeStream(store(), stream)).toStrictEqual([]);
    await store().append(stream, NO_STREAM, someEvents(1));
  });

  it('without events is refused', async () => {
    const position = await store().headPosition();
    const append = async () => store().append(aStream(), NO_STREAM, []);
    await expect(append()).rejects.toThrow(RangeError);
    expect(await store().headPosition()).toBe(position);
  });

  it('stores any content unchanged', async () => {
    const strange = {
      text: 'Grüße, 你好, 𝒳🎫, \u0000\u001f\u2028\\"',
      'ключ €': { '': [], '10': 1, '9': 2, __proto__x: null },
      numbers: [0, -1, 1.5e-7, 1e21, Number.MAX_SAFE_INTEGER, 5e-324],
      nested: [[[{ deep: [true, false, null] }]]],
    };
    const event = anEvent({ type: 'Größe', data: strange, metadata: { note: '🎫', strange } });
    const stream = `${aStream()}-Ünï-🎫-'"%_`;
    await store().append(stream, NO_STREAM, [event]);
    const [stored] = await wholeStream(store(), stream);
    expect(stored).toMatchObject({ ...event, stream });
    expect(stored?.data).toStrictEqual(event.data);
    expect(stored?.metadata).toStrictEqual(event.metadata);
  });

  it('takes large events', async () => {
    const stream = aStream();
    const text = '0123456789ä🎫'.repeat(150_000);
    await store().append(stream, NO_STREAM, [anEvent({ data: { text } }), anEvent()]);
    const [stored, next] = await wholeStream(store(), stream);
    expect((stored?.data as unknown as { text: string }).text === text).toBe(true);
    expect(next?.revision).toBe(1);
  });

  it('with half a surrogate pair is refused and appends nothing', async () => {
    const stream = aStream();
    const events = [anEvent(), anEvent({ data: { text: 'half: \ud83c' } })];
    const append = async () => store().append(stream, NO_STREAM, events);
    await expect(append()).rejects.toThrow(TypeError);
    expect(await wholeStream(store(), stream)).toStrictEqual([]);
    await store().append(stream, NO_STREAM, someEvents(1));
  });

  it('has one winner per revision when many write to one stream at once', async () => {
    const stream = aStream();
    const writers = 20;
    let head = NO_STREAM;
    for (let round = 0; round < 10; round++) {
      const expected = head;
      const attempts = Array.from({ length: writers }, () => someEvents(1 + (round % 3)));
      const outcomes = await Promise.allSettled(
        attempts.map((events) => store().append(stream, expected, events)),
      );
      const won = outcomes.flatMap((outcome) =>
        outcome.status === 'fulfilled' ? [outcome.value] : [],
      );
      const lost = outcomes.flatMap((outcome): unknown[] =>
        outcome.status === 'rejected' ? [outcome.reason] : [],
      );
      expect(won).toHaveLength(1);
      expect(lost).toHaveLength(writers - 1);
      for (const reason of lost) expect(reason).toBeInstanceOf(WrongExpectedRevision);
      head = won[0]?.head ?? head;
      const [last] = await store().readStream(stream, { direction: 'backwards', limit: 1 });
      expect(last).toMatchObject(head);
    }
    const revisions = (await wholeStream(store(), stream)).map(({ revision }) => revision);
    expect(revisions).toStrictEqual(revisions.map((_, index) => index));
  });

  it('to many streams at once succeeds for all of them', async () => {
    const appended = await Promise.all(Array.from({ length: 100 }, () => streamOf(store(), 2)));
    const positions = appended.map(({ position }) => position);
    expect(new Set(positions).size).toBe(100);
    for (const { stream, head, position } of appended) {
      const [, last] = await wholeStream(store(), stream);
      expect(last).toMatchObject({ ...head, position });
    }
  });
}
