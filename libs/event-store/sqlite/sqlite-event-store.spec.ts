import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { appending } from '../contract/appending.contract.js';
import { describeEventStore } from '../event-store.contract.js';
import { NO_STREAM, START, StoreUnavailable, type EventStore } from '../event-store.js';
import { chainProblems } from '../testing/chain.js';
import { aStream, someEvents, streamOf, wholeLog, wholeStream } from '../testing/events.js';
import { temporaryFolders } from '../testing/temporary-folder.js';
import { SqliteEventReader } from './sqlite-event-reader.js';
import { SqliteEventStore } from './sqlite-event-store.js';

const newFolder = temporaryFolders();

describeEventStore('on SQLite', () => SqliteEventStore.open({ folder: newFolder() }));

describe('the event store on SQLite with one append per commit, appending', () => {
  let opened: EventStore;
  beforeAll(async () => {
    opened = await SqliteEventStore.open({ folder: newFolder(), maxGroupAppends: 1 });
  });
  afterAll(() => opened.close());
  appending(() => opened);
});

describe('the event store on SQLite', () => {
  it('has the same log after closing and opening', async () => {
    const folder = newFolder();
    const first = await SqliteEventStore.open({ folder });
    const one = await streamOf(first, 3);
    await streamOf(first, 2);
    const log = await wholeLog(first);
    await first.close();

    const second = await SqliteEventStore.open({ folder });
    expect(await wholeLog(second)).toStrictEqual(log);
    // Heads, ids and positions continue.
    const again = await second.append(one.stream, NO_STREAM, one.events);
    expect(again).toStrictEqual({ head: one.head, position: one.position, repeated: true });
    const more = await second.append(one.stream, one.head, someEvents(2));
    expect(more.position > (log.at(-1)?.position ?? START)).toBe(true);
    expect(chainProblems(await wholeStream(second, one.stream))).toStrictEqual([]);
    expect(await wholeStream(second, one.stream)).toHaveLength(5);
    await second.close();
  });

  it('finishes pending appends before it closes', async () => {
    const folder = newFolder();
    const store = await SqliteEventStore.open({ folder, maxGroupAppends: 3 });
    const appends = Array.from({ length: 20 }, () => streamOf(store, 1));
    await store.close();
    const streams = (await Promise.all(appends)).map(({ stream }) => stream);

    const again = await SqliteEventStore.open({ folder });
    for (const stream of streams) expect(await wholeStream(again, stream)).toHaveLength(1);
    await again.close();
  });

  it('refuses appends after closing, and can be closed twice', async () => {
    const store = await SqliteEventStore.open({ folder: newFolder() });
    await store.close();
    await store.close();
    await expect(store.append(aStream(), NO_STREAM, someEvents(1))).rejects.toThrow(
      StoreUnavailable,
    );
  });

  it('shows each acknowledged append to other readers and notifies them at once', async () => {
    const folder = newFolder();
    const store = await SqliteEventStore.open({ folder });
    const reader = new SqliteEventReader(folder);
    const { stream } = await streamOf(store, 2);
    expect(await wholeStream(reader, stream)).toStrictEqual(await wholeStream(store, stream));

    const abort = new AbortController();
    const rounds = 20;
    const begun = performance.now();
    let seen = 0;
    const options = { after: START, limit: 10, signal: abort.signal };
    for await (const events of reader.subscribeToAll(options)) {
      seen += events.length;
      if (seen < 2 + rounds) void streamOf(store, 1);
      else abort.abort();
    }
    // Polling alone would take about a second a round.
    expect(performance.now() - begun).toBeLessThan(15_000);
    await reader.close();
    await store.close();
  });
});
