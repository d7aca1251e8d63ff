import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStoreDbServer } from '#test/eventstoredb/server/eventstoredb-server.js';
import {
  NO_STREAM,
  START,
  StoreUnavailable,
  WrongExpectedRevision,
  type EventReader,
} from '../event-store.js';
import { requireHistory } from '../history.js';
import { chainProblems } from '../testing/chain.js';
import { anEvent, aStream, idsOf, someEvents, streamOf, wholeStream } from '../testing/events.js';
import { temporaryFolders } from '../testing/temporary-folder.js';
import { EventStoreDbEventReader } from './eventstoredb-event-reader.js';
import { openEventStoreDb } from '../testing/open-eventstoredb.js';

const newFolder = temporaryFolders();

let server: EventStoreDbServer;
let opened: EventReader[];
beforeEach(async () => {
  server = await EventStoreDbServer.start();
  opened = [];
});
afterEach(async () => {
  server.behave();
  for (const store of opened) await store.close();
  await server.stop();
});

async function openStore(options: Partial<Parameters<typeof openEventStoreDb>[0]> = {}) {
  const store = await openEventStoreDb({
    url: server.url,
    folder: newFolder(),
    checkIntervalMs: 100,
    ...options,
  });
  opened.push(store);
  return store;
}

async function openReader() {
  const reader = await EventStoreDbEventReader.open({ url: server.url, checkIntervalMs: 100 });
  opened.push(reader);
  return reader;
}

/** Follows the log from its start for a number of events; resolves with their ids. */
async function follow(reader: EventReader, count: number): Promise<string[]> {
  const abort = new AbortController();
  const ids: string[] = [];
  const pages = reader.subscribeToAll({ after: START, limit: 10, signal: abort.signal });
  for await (const events of pages) {
    ids.push(...idsOf(events));
    if (ids.length >= count) abort.abort();
  }
  return ids;
}

describe('following EventStoreDB', () => {
  it('replaces a subscription that goes silent while the log grows', async () => {
    const reader = await openReader();
    const store = await openStore();
    const first = await streamOf(store, 1);
    expect(await follow(reader, 1)).toStrictEqual(idsOf(first.events));
    server.silenceSubscriptions();
    const following = follow(reader, 4);
    const second = await streamOf(store, 3);
    expect(await following).toStrictEqual(idsOf([...first.events, ...second.events]));
  });

  it('has no gap and no repeat across server restarts', async () => {
    const reader = await openReader();
    const store = await openStore();
    const following = follow(reader, 40);
    const ids: string[] = [];
    for (let round = 0; round < 4; round++) {
      const restarted = server.restart(100);
      for (let n = 0; n < 5; n++) ids.push(...idsOf((await streamOf(store, 2)).events));
      await restarted;
    }
    expect(await following).toStrictEqual(ids);
  });

  it('resumes after a cut during catch-up', async () => {
    const store = await openStore();
    const { events } = await streamOf(store, 30);
    const reader = await openReader();
    server.cutNextRead(7);
    expect(await follow(reader, 30)).toStrictEqual(idsOf(events));
  });
});

describe('appending to EventStoreDB', () => {
  it.each(['before it is applied', 'after it is applied'] as const)(
    'takes effect once if the connection is cut %s',
    async (cut) => {
      const store = await openStore();
      const { stream, head } = await streamOf(store, 1);
      server.cutNextAppends(cut, 2);
      const events = someEvents(2);
      const { head: after, repeated } = await store.append(stream, head, events);
      expect(repeated).toBe(false);
      await store.append(stream, after, someEvents(1));
      const stored = await wholeStream(store, stream);
      expect(stored).toHaveLength(4);
      expect(chainProblems(stored)).toStrictEqual([]);
    },
  );

  it.each(['busy', 'timeout'] as const)('retries if the server reports %s', async (failure) => {
    const store = await openStore();
    server.failNext(failure, 2);
    const { stream } = await streamOf(store, 2);
    expect(await wholeStream(store, stream)).toHaveLength(2);
  });

  it('finds the leader if it is connected to a follower', async () => {
    const store = await openStore();
    const leader = await EventStoreDbServer.start({ log: server.log });
    try {
      server.handOverTo(leader);
      const { stream } = await streamOf(store, 2);
      expect(await wholeStream(store, stream)).toHaveLength(2);
    } finally {
      await store.close();
      opened.splice(opened.indexOf(store), 1);
      await leader.stop();
    }
  });

  it('times out if the server is silent, and works again afterwards', async () => {
    const store = await openStore();
    const { stream, head } = await streamOf(store, 1);
    server.goSilent();
    const begun = performance.now();
    const event = anEvent();
    await expect(store.append(stream, head, [event])).rejects.toThrow(StoreUnavailable);
    expect(performance.now() - begun).toBeLessThan(20_000);
    server.speakAgain();
    expect((await store.append(stream, head, [event])).head.revision).toBe(1);
    expect(await wholeStream(store, stream)).toHaveLength(2);
  });

  it('rejects appends at once when the queue is full', async () => {
    const store = await openStore({ maxConcurrent: 1, maxQueued: 2 });
    server.delayAnswers(200);
    const appends = Array.from({ length: 6 }, () => streamOf(store, 1));
    const [ended, accepted] = [appends.slice(3), appends.slice(0, 3)];
    const outcomes = await Promise.race([Promise.allSettled(ended), Promise.race(accepted)]);
    expect(outcomes).toEqual(
      ended.map(() => ({ status: 'rejected', reason: expect.any(StoreUnavailable) })),
    );
    await Promise.all(accepted);
  });

  it('reports the reason if the server is down', async () => {
    const store = await openStore();
    await server.goDown();
    await expect(streamOf(store, 1)).rejects.toThrow(/^The event store cannot be written to: \S/);
    await expect(store.headPosition()).rejects.toThrow(/^The event store cannot be read: \S/);
  });
});

describe('two processes on one EventStoreDB', () => {
  it('append the same derived ids at once and both continue from the log', async () => {
    const [one, other] = await Promise.all([openStore(), openStore()]);
    for (let round = 0; round < 25; round++) {
      const stream = aStream();
      const ids = [randomUUID(), randomUUID()];
      const eventsOf = (at: string) => ids.map((id) => anEvent({ id, at }));
      const [first, second] = await Promise.all([
        one.append(stream, NO_STREAM, eventsOf('2026-11-24T12:00:00.001Z'), { derivedIds: true }),
        other.append(stream, NO_STREAM, eventsOf('2026-11-24T12:00:00.002Z'), { derivedIds: true }),
      ]);
      expect(first.head).toStrictEqual(second.head);
      expect(first.position).toBe(second.position);
      expect([first.repeated, second.repeated].sort()).toStrictEqual([false, true]);
      await one.append(stream, first.head, someEvents(1));
      expect(chainProblems(await wholeStream(other, stream))).toStrictEqual([]);
    }
  });

  it('find each acknowledged event of the other at once', async () => {
    const [one, other] = await Promise.all([openStore(), openStore()]);
    for (let round = 0; round < 25; round++) {
      const { events, stream } = await streamOf(one, 2);
      expect(await other.findEvent(events[1]?.id ?? '')).toMatchObject({ stream, revision: 1 });
    }
  });

  it('have one winner if both write after the same head', async () => {
    const [one, other] = await Promise.all([openStore(), openStore()]);
    const { stream, head } = await streamOf(one, 1);
    const outcomes = await Promise.allSettled(
      [one, other].map((store) => store.append(stream, head, someEvents(1))),
    );
    const lost = outcomes.filter(({ status }) => status === 'rejected');
    expect(lost).toMatchObject([{ reason: expect.any(WrongExpectedRevision) }]);
  });
});

describe('the index of event ids', () => {
  it.each(['kept', 'removed', 'damaged', 'of another log'])(
    'knows all ids after a start if its file was %s',
    async (how) => {
      const folder = newFolder();
      if (how === 'of another log') {
        const another = await EventStoreDbServer.start();
        const store = await openEventStoreDb({ url: another.url, folder });
        await streamOf(store, 3);
        await store.close();
        await another.stop();
      }
      const before = await openStore(how === 'of another log' ? {} : { folder });
      const { events, stream, head } = await streamOf(before, 3);
      await before.close();
      opened.pop();
      if (how === 'removed') rmSync(folder, { recursive: true });
      if (how === 'damaged') {
        for (const part of ['-wal', '-shm'])
          rmSync(join(folder, `event-ids.db${part}`), { force: true });
        writeFileSync(join(folder, 'event-ids.db'), 'no database\n'.repeat(100));
      }
      const after = await openStore({ folder: how === 'removed' ? newFolder() : folder });
      expect(await after.findEvent(events[2]?.id ?? '')).toMatchObject({ stream, ...head });
      await expect(after.append(aStream(), NO_STREAM, [events[0] ?? anEvent()])).rejects.toThrow(
        'in the log already',
      );
    },
  );
});

describe('a stream that another program deleted for good', () => {
  it('is damaged in every read and append, and others go on', async () => {
    // Given
    const store = await openStore();
    const { stream, head } = await streamOf(store, 3);
    const { stream: other, head: otherHead } = await streamOf(store, 1);
    const damaged = `The history of ${stream} is damaged: the event of revision`;
    // When
    server.log.tombstone(stream, 'any');
    // Then
    await expect(store.append(stream, head, [anEvent()])).rejects.toThrow(damaged);
    const reader = await openReader();
    for (const options of [{}, { from: 2 }, { direction: 'backwards' }] as const) {
      const events = await reader.readStream(stream, { ...options, limit: 10 });
      expect(() => {
        requireHistory(stream, null, events);
      }).toThrow(damaged);
      expect(events).toHaveLength(1);
    }
    await store.append(other, otherHead, [anEvent()]);
    await expect(store.checkAppends()).resolves.toBeUndefined();
  });
});
