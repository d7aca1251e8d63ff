import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  NO_STREAM,
  type EventReader,
  type EventStore,
  type ReadAllOptions,
  type RecordedEvent,
} from '#event-store/event-store.js';
import { openEventStoreDb } from '#event-store/testing/open-eventstoredb.js';
import { MemoryEventStore } from '#event-store/memory/memory-event-store.js';
import { SqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import { someEvents, wholeLog } from '#event-store/testing/events.js';
import { temporaryFolders } from '#event-store/testing/temporary-folder.js';
import { EventStoreDbServer } from '#test/eventstoredb/server/eventstoredb-server.js';
import { LogsDiffer } from './compare-logs.js';
import { copyLog } from './copy-log.js';

const newFolder = temporaryFolders();
let server: EventStoreDbServer;
beforeAll(async () => {
  server = await EventStoreDbServer.start();
});
afterAll(async () => {
  await server.stop();
});
const opened: EventReader[] = [];
const toClose = <Log extends EventReader>(log: Log): Log => {
  opened.push(log);
  return log;
};
afterEach(async () => {
  for (const log of opened.splice(0)) await log.close();
});

const onSqlite = async () => toClose(await SqliteEventStore.open({ folder: newFolder() }));
const onEventStoreDb = async () =>
  toClose(await openEventStoreDb({ url: server.url, folder: newFolder() }));

/** Appends to 13 streams in turn, one to three events at a time. */
async function fill(log: EventStore, rounds: number): Promise<void> {
  const heads = new Map<string, typeof NO_STREAM>();
  for (let round = 0; round < rounds; round++) {
    const stream = `ticket-${(round * 7) % 13}`;
    const before = heads.get(stream) ?? NO_STREAM;
    const { head } = await log.append(stream, before, someEvents(1 + (round % 3)));
    heads.set(stream, head);
  }
}

/** An event without its position, which differs between stores. */
const content = ({ position: _, ...event }: RecordedEvent) => event;
const contentOf = async (log: EventReader) => (await wholeLog(log)).map(content);

const going = { signal: new AbortController().signal, advanced: () => undefined };

describe('copying a log', () => {
  it('keeps ids, revisions, times and hashes to EventStoreDB and back to SQLite', async () => {
    const [first, between, last] = [await onSqlite(), await onEventStoreDb(), await onSqlite()];
    await fill(first, 400);
    const there = await copyLog(first, between, going);
    const back = await copyLog(between, last, going);
    const expected = await contentOf(first);
    expect(await contentOf(between)).toStrictEqual(expected);
    expect(await contentOf(last)).toStrictEqual(expected);
    expect(there).toMatchObject({ events: expected.length, copied: expected.length });
    expect(back.digest).toBe(there.digest);
  });

  it('resumes after an interruption, and after the source has grown', async () => {
    const [source, target] = [await onSqlite(), await onSqlite()];
    await fill(source, 300);
    const interruption = new AbortController();
    let reached = 0;
    const first = await copyLog(source, target, {
      signal: interruption.signal,
      advanced: () => {
        reached += 1;
        if (reached === 200) interruption.abort();
      },
    });
    expect(first.interrupted).toBe(true);
    const begun = (await contentOf(target)).length;
    expect(begun).toBeGreaterThan(0);
    expect(begun).toBeLessThan((await contentOf(source)).length);
    await source.append('ticket-late', NO_STREAM, someEvents(2));
    const second = await copyLog(source, target, going);
    expect(await contentOf(target)).toStrictEqual(await contentOf(source));
    expect(second).toMatchObject({ copied: second.events - begun, interrupted: false });
    expect(await copyLog(source, target, going)).toMatchObject({ copied: 0 });
  });

  it('keeps the order when another process resumes it', async () => {
    const source = await onSqlite();
    await fill(source, 300);
    const empty = await EventStoreDbServer.start();
    const url = empty.url;
    const opening = () => openEventStoreDb({ url, folder: newFolder() });
    const first = await opening();
    let left = 150;
    const stop = new AbortController();
    const advanced = () => {
      if (--left === 0) stop.abort();
    };
    await copyLog(source, first, { signal: stop.signal, advanced });
    await first.close();
    const second = await opening();
    const report = await copyLog(source, second, going);
    await second.close();
    await empty.stop();
    expect(report.copied).toBeGreaterThan(200);
    expect(report.events).toBe((await contentOf(source)).length);
  });

  it('copies an empty log', async () => {
    const report = await copyLog(await onSqlite(), await onSqlite(), going);
    expect(report).toMatchObject({ events: 0, copied: 0, interrupted: false });
  });
});

describe('copying is refused', () => {
  it('into a log with a different history', async () => {
    const [source, target] = [await onSqlite(), await onSqlite()];
    await fill(source, 5);
    await fill(target, 3);
    const before = await contentOf(target);
    await expect(copyLog(source, target, going)).rejects.toThrow(
      /different history: after 0 equal events/,
    );
    expect(await contentOf(target)).toStrictEqual(before);
  });

  it('into a log with more events', async () => {
    const [source, target] = [await onSqlite(), await onSqlite()];
    await fill(source, 5);
    await copyLog(source, target, going);
    await target.append('ticket-more', NO_STREAM, someEvents(1));
    await expect(copyLog(source, target, going)).rejects.toThrow(/more events than the source/);
  });

  it('after a missing event', async () => {
    const source = toClose(new MemoryEventStore());
    await fill(source, 20);
    const target = await onSqlite();
    const gap = new Altered(
      source,
      3,
      () => ({ id: 'left out' }),
      ({ id }) => id !== 'left out',
    );
    await expect(copyLog(gap, target, going)).rejects.toThrow(/does not follow/);
  });

  it.each<[string, (event: RecordedEvent) => Partial<RecordedEvent>]>([
    ['data', () => ({ data: { forged: true } as unknown as RecordedEvent['data'] })],
    ['time', () => ({ at: '2027-01-01T00:00:00.000Z' })],
    ['type', () => ({ type: 'Forged' })],
    ['hash', ({ hash }) => ({ hash: hash.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) })],
    ['previous hash', () => ({ previousHash: 'ab'.repeat(32) })],
  ])('from an event whose %s was altered', async (_, alter) => {
    const source = toClose(new MemoryEventStore());
    await fill(source, 20);
    const target = await onSqlite();
    const altered = new Altered(source, 12, alter);
    await expect(copyLog(altered, target, going)).rejects.toThrow(LogsDiffer);
    const copied = await contentOf(target);
    expect(copied.length).toBeLessThanOrEqual(12);
    expect(copied).toStrictEqual((await contentOf(source)).slice(0, copied.length));
  });
});

/** A log that returns one event altered. */
class Altered implements EventReader {
  readonly readStream: EventReader['readStream'];
  readonly subscribeToAll: EventReader['subscribeToAll'];
  readonly eventAt: EventReader['eventAt'];
  readonly headPosition: EventReader['headPosition'];
  readonly countAfter: EventReader['countAfter'];
  readonly close: EventReader['close'];

  constructor(
    private readonly log: EventReader,
    private readonly index: number,
    private readonly alter: (event: RecordedEvent) => Partial<RecordedEvent>,
    private readonly keep: (event: RecordedEvent) => boolean = () => true,
  ) {
    this.readStream = log.readStream.bind(log);
    this.subscribeToAll = log.subscribeToAll.bind(log);
    this.eventAt = log.eventAt.bind(log);
    this.headPosition = log.headPosition.bind(log);
    this.countAfter = log.countAfter.bind(log);
    this.close = log.close.bind(log);
  }

  async readAll(options: ReadAllOptions): Promise<readonly RecordedEvent[]> {
    const page = await this.log.readAll(options);
    const { id } = (await wholeLog(this.log))[this.index] as RecordedEvent;
    const events = page.map((event) =>
      event.id === id ? { ...event, ...this.alter(event) } : event,
    );
    return events.filter((event) => this.keep(event));
  }
}
