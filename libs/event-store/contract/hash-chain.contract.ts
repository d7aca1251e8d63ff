import { expect, it } from '@jest/globals';
import { NO_STREAM, type EventStore } from '../event-store.js';
import { chainProblems } from '../testing/chain.js';
import {
  anEvent,
  aStream,
  streamOf,
  someEvents,
  wholeLog,
  wholeStream,
} from '../testing/events.js';

export function hashChain(store: () => EventStore): void {
  it('starts with zeros and links every event to the previous one', async () => {
    const { stream, head } = await streamOf(store(), 3);
    await streamOf(store(), 1);
    const last = await store().append(stream, head, someEvents(1));
    const events = await wholeStream(store(), stream);
    const hashes = events.map(({ hash }) => hash);
    expect(events.map(({ previousHash }) => previousHash)).toStrictEqual([
      '0'.repeat(64),
      ...hashes.slice(0, -1),
    ]);
    expect(last.head.hash).toBe(hashes.at(-1));
    for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('verifies for any content', async () => {
    const stream = aStream();
    const data = { z: 1, a: [1.0, 1e21, '\u2028é🎫'], '10': {}, '9': null };
    await store().append(stream, NO_STREAM, [anEvent({ data }), anEvent({ metadata: data })]);
    expect(chainProblems(await wholeStream(store(), stream))).toStrictEqual([]);
  });

  it('is one chain per stream with many concurrent writers', async () => {
    const appended = await Promise.all(Array.from({ length: 20 }, () => streamOf(store(), 3)));
    for (const { stream } of appended) {
      const events = await wholeStream(store(), stream);
      expect(events).toHaveLength(3);
      expect(chainProblems(events)).toStrictEqual([]);
    }
  });

  it('is the same in the log, in a stream and by id', async () => {
    const { stream } = await streamOf(store(), 2);
    const events = await wholeStream(store(), stream);
    expect((await wholeLog(store())).slice(-2)).toStrictEqual(events);
    expect(await store().findEvent(events[1]?.id ?? '')).toStrictEqual(events[1]);
  });
}
