import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MongoClient, type Db } from 'mongodb';
import { present } from '#event-store/testing/present.js';
import { aNote, liveCopy, notes, writeNotes } from '#projections/testing/notes.js';
import { mongodbPlaces } from '../testing/mongodb-places.js';
import type { ViewStore } from '../view-store.js';
import { MongodbViewReader } from './mongodb-view-reader.js';
import { indexesOf } from './documents.js';
import { openCopy, openRebuild } from '#consuming/testing/leases.js';
import { at } from '#consuming/testing/checkpoints.js';

describe('copies on MongoDB', () => {
  const { newPlace } = mongodbPlaces();
  let store: ViewStore;
  let client: MongoClient;
  let db: Db;
  beforeEach(async () => {
    const place = newPlace();
    store = await place.open();
    client = new MongoClient(place.url);
    db = client.db();
  });
  afterEach(async () => {
    await store.close();
    await client.close();
  });

  const collections = async () =>
    (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name).sort();

  const replace = async () => {
    await store.requestRebuild(notes);
    const rebuild = present(await openRebuild(store, notes));
    await writeNotes(rebuild, { a: aNote({ text: 'new', tags: ['x'] }) }, 1n);
    await rebuild.goLive();
  };

  it('leave no collection when they are replaced', async () => {
    await liveCopy(store, { a: aNote() });
    await replace();
    expect(await collections()).toStrictEqual([
      'copies',
      'copy_2',
      'counters',
      'layout',
      'leases',
      'parked',
    ]);
  });

  it('are dropped by the next projector if a process ended after replacing one', async () => {
    const copy = await liveCopy(store, { a: aNote() });
    await copy.write([], at(2n), {
      park: [{ stream: 's', revision: 0, position: 1n, type: 'T', error: 'E' }],
      release: [],
    });
    await store.requestRebuild(notes);
    // The process ended after the transaction of goLive, before it dropped the old documents.
    const copies = db.collection<{ _id: number }>('copies');
    await copies.updateOne({ _id: 2 }, { $set: { live: true } });
    await copies.deleteOne({ _id: 1 });
    await db.createCollection('copy_99');
    expect(await store.reader(notes).get('a')).toBeNull();
    const next = await openCopy(store, notes);
    expect(next.checkpoint.position).toBe(-1n);
    expect(await collections()).toStrictEqual([
      'copies',
      'copy_2',
      'counters',
      'layout',
      'leases',
      'parked',
    ]);
    expect(await db.collection('parked').countDocuments()).toBe(0);
  });

  it('that are dropped in the middle of a query do not read as empty', async () => {
    await liveCopy(store, { a: aNote({ text: 'old', tags: ['x'] }) });
    let replaced = 0;
    /** A database whose live copy is replaced between the two steps of a query. */
    const replacing = new Proxy(db, {
      get: (target, name) =>
        name !== 'collection'
          ? (Reflect.get(target, name) as unknown)
          : (collection: string) => ({
              findOne: (...given: Parameters<ReturnType<Db['collection']>['findOne']>) =>
                target.collection(collection).findOne(...given),
              find: (...given: Parameters<ReturnType<Db['collection']>['find']>) => ({
                toArray: async () => {
                  if (replaced === 0) await replace();
                  replaced += 1;
                  return target
                    .collection(collection)
                    .find(...given)
                    .toArray();
                },
              }),
            }),
    });
    const deployment = { client, db: replacing };
    const reader = new MongodbViewReader(notes, () => Promise.resolve(deployment));
    expect(await reader.get('a')).toStrictEqual(aNote({ text: 'new', tags: ['x'] }));
    expect(replaced).toBe(2);
  });

  it('have the indexes that the projection declares, and one for each of its lists', async () => {
    await liveCopy(store, {});
    const keys = (await db.collection('copy_1').indexes()).map(({ key }) =>
      Object.keys(key).join(),
    );
    expect(keys.sort()).toStrictEqual([
      '_id',
      'f.at,_id',
      'f.rank,f.state,_id',
      'f.state,f.at,_id',
      'l.tags,f.at,_id',
    ]);
    expect(indexesOf({ ...notes, indexes: [] })).toStrictEqual([{ key: { 'l.tags': 1, _id: 1 } }]);
  });
});
