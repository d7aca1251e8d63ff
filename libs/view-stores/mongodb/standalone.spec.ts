import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MongodbServer } from '#test/support/mongodb-server.js';
import { notes } from '#projections/testing/notes.js';
import { ViewStoreUnavailable } from '../view-store.js';
import { requireTransactions } from './connection.js';
import { UnusableDatabase } from './errors.js';
import { MongodbViewStore } from './mongodb-view-store.js';

const commands = /standalone.*mongod --replSet rs0.*mongosh --eval 'rs\.initiate\(\)'/;

describe('a standalone MongoDB server', () => {
  let server: MongodbServer;
  beforeAll(async () => {
    server = await MongodbServer.start('standalone');
  });
  afterAll(() => server.remove());

  it('is refused at the start, with the commands that make it a replica set', async () => {
    await expect(MongodbViewStore.open(server.url('x'))).rejects.toThrow(UnusableDatabase);
    await expect(MongodbViewStore.open(server.url('x'))).rejects.toThrow(commands);
  });

  it('makes every call unavailable, and says why, if it was away at the start', async () => {
    await server.kill();
    const store = await MongodbViewStore.open(server.url('x'));
    try {
      await server.startAgain();
      const lease = { name: notes.name, version: notes.version, token: 1 };
      for (const call of [
        () => store.reader(notes).get('a'),
        () => store.status(notes),
        () => store.openForWriting(notes, lease),
        () => store.leases.renew('me'),
      ]) {
        await expect(call()).rejects.toThrow(ViewStoreUnavailable);
        await expect(call()).rejects.toThrow(commands);
      }
    } finally {
      await store.close();
    }
  });
});

describe('the reply to hello', () => {
  it.each([{ setName: 'rs0' }, { msg: 'isdbgrid' }])('%j has transactions', (hello) => {
    expect(() => {
      requireTransactions(hello);
    }).not.toThrow();
  });

  it('of a replica set that is not initiated asks for that', () => {
    const check = () => {
      requireTransactions({ isreplicaset: true });
    };
    expect(check).toThrow(/not initiated yet\. Run: mongosh --eval 'rs\.initiate\(\)'/);
    expect(check).not.toThrow(UnusableDatabase);
  });
});
