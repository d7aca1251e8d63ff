import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { MongodbServer } from '#test/support/mongodb-server.js';
import { until } from '#test/support/until.js';
import { ViewStoreUnavailable, type ViewStore } from '../view-store.js';
import { aNote, liveCopy, notes, writeNotes } from '#projections/testing/notes.js';
import { openCopy } from '#consuming/testing/leases.js';
import { MongodbViewStore } from './mongodb-view-store.js';
import { at } from '#consuming/testing/checkpoints.js';

const everything = { where: [], sort: { field: 'at', descending: false }, limit: 10 };
const anyLease = { name: notes.name, version: notes.version, token: 1 };
const nothing = { failure: null, eventsPerSecond: null, positionsPerSecond: null };

const stores: ViewStore[] = [];
const open = (url: string): MongodbViewStore => {
  const store = new MongodbViewStore(url);
  stores.push(store);
  return store;
};
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

/** How long a call takes to throw ViewStoreUnavailable, in milliseconds. */
async function unavailableWithin(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  const working = work();
  await expect(working).rejects.toThrow(ViewStoreUnavailable);
  await expect(working).rejects.toMatchObject({ cause: expect.anything() });
  return performance.now() - begun;
}

/** Repeats a read until it succeeds: the driver checks for its server at intervals. */
const answered = <Result>(read: () => Promise<Result>): Promise<Result> =>
  until('the server answers', () =>
    read().catch((error: unknown) => {
      if (error instanceof ViewStoreUnavailable) return null;
      throw error;
    }),
  );

/** A port of this machine on which nothing listens. */
async function deadPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('while the MongoDB server is away, the read models', () => {
  it('can be opened, soon report that they are unavailable, and report no password', async () => {
    const store = open(`mongodb://alice:secret@127.0.0.1:${await deadPort()}/x`);
    const reader = store.reader(notes);
    const works: (() => Promise<unknown>)[] = [
      () => reader.checkpoint(),
      () => reader.get('a'),
      () => reader.find(everything),
      () => reader.count([], []),
      () => store.status(notes),
      () => store.openForWriting(notes, anyLease),
      () => store.openRebuild(notes, anyLease),
      () => store.leases.renew('me'),
      () => store.leases.take(notes, 'me', null),
      () => store.leases.release(anyLease),
      () => store.requestRebuild(notes),
      () => store.requestRetry(notes),
    ];
    const times = await Promise.all(works.map(unavailableWithin));
    expect(Math.max(...times)).toBeLessThan(15_000);
    const { message, cause } = (await reader.get('a').catch((error: unknown) => error)) as Error;
    expect(message).toBe('The read models cannot be reached at the moment.');
    expect(`${String(cause)}${JSON.stringify(cause)}`).not.toContain('secret');
  });

  it('wait for it as long as the connection string says', async () => {
    const store = open(`mongodb://127.0.0.1:${await deadPort()}/x?serverSelectionTimeoutMS=3500`);
    const took = await unavailableWithin(() => store.reader(notes).checkpoint());
    expect(took).toBeGreaterThanOrEqual(3_400);
  });

  it('are unavailable if the name of the server does not resolve', async () => {
    const store = open('mongodb+srv://nowhere.invalid/x');
    expect(await unavailableWithin(() => store.reader(notes).checkpoint())).toBeLessThan(20_000);
  });

  it.each([
    'mongodb://alice:secret@host:port/x',
    'mongodb://alice:sec/ret@host/x',
    'mongodb://alice:secret@host/x?unheard=of',
    'mongodb+srv://alice:secret@a,b/x',
    'mongodb://',
  ])('reject the connection string %j without repeating it', (url) => {
    expect(() => new MongodbViewStore(url)).toThrow(/^MONGODB_URL is not .*mongodb:\/\/host/);
    expect(() => new MongodbViewStore(url)).not.toThrow(/secret|alice/);
  });
});

describe('the read models on a MongoDB server that comes and goes', () => {
  let server: MongodbServer;
  beforeAll(async () => {
    server = await MongodbServer.start('replica set', 'outlives kill -9');
  });
  afterEach(() => server.startAgain());
  afterAll(() => server.remove());

  it('answer once the server starts that was away when they were opened', async () => {
    await server.kill();
    const store = await MongodbViewStore.open(server.url('late'));
    stores.push(store);
    for (let times = 0; times < 2; times++) {
      await unavailableWithin(() => store.reader(notes).get('a'));
      await unavailableWithin(() => store.openForWriting(notes, anyLease));
    }
    await server.startAgain();
    await liveCopy(store, { a: aNote() }, 1n);
    expect(await store.reader(notes).get('a')).toStrictEqual(aNote());
  });

  it('answer again, with what was stored, once the server is back', async () => {
    const store = open(server.url('killed'));
    const copy = await liveCopy(store, { a: aNote() }, 1n);
    const reader = store.reader(notes);
    expect(await reader.get('a')).toStrictEqual(aNote());
    await server.kill();
    const works: (() => Promise<unknown>)[] = [
      () => reader.get('a'),
      () => reader.checkpoint(),
      () => copy.load(['a']),
      () => copy.write([{ id: 'a', before: null, after: aNote({ text: 'lost' }) }], at(2n)),
      () => copy.parked(),
      () => copy.report(nothing),
    ];
    const times = await Promise.all(works.map(unavailableWithin));
    expect(Math.max(...times)).toBeLessThan(15_000);
    await server.startAgain();
    expect(await answered(() => reader.get('a'))).toStrictEqual(aNote());
    const again = await openCopy(store, notes);
    await writeNotes(again, { a: aNote({ text: 'new' }) }, 2n);
    expect(await reader.get('a')).toStrictEqual(aNote({ text: 'new' }));
  });

  it('are unavailable while the server hangs, and answer when it continues', async () => {
    const store = open(server.url('hanging'));
    await liveCopy(store, { a: aNote() }, 1n);
    const reader = store.reader(notes);
    expect(await reader.find(everything)).toHaveLength(1);
    server.hang();
    try {
      const times = await Promise.all([
        unavailableWithin(() => reader.get('a')),
        unavailableWithin(() => reader.find(everything)),
        unavailableWithin(() => store.status(notes)),
      ]);
      expect(Math.max(...times)).toBeLessThan(20_000);
    } finally {
      server.goOn();
    }
    expect(await answered(() => reader.find(everything))).toHaveLength(1);
  });
});
