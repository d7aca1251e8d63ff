import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { aNote, liveCopy, notes } from '#projections/testing/notes.js';
import { mongodbPlaces } from '../testing/mongodb-places.js';
import { UnusableDatabase } from './errors.js';
import { MongodbViewStore } from './mongodb-view-store.js';

describe('a MongoDB database', () => {
  const { newPlace } = mongodbPlaces();
  let url: string;
  let client: MongoClient;
  beforeEach(async () => {
    ({ url } = newPlace());
    client = new MongoClient(url);
    const store = await MongodbViewStore.open(url);
    await liveCopy(store, { a: aNote() });
    await store.close();
  });
  afterEach(() => client.close());

  it('names the version of its layout, and is opened again by the same version', async () => {
    expect(await client.db().collection('layout').find().toArray()).toStrictEqual([
      { _id: 'layout', version: 1 },
    ]);
    const store = await MongodbViewStore.open(url);
    expect(await store.reader(notes).get('a')).toStrictEqual(aNote());
    await store.close();
  });

  it('of a later version is refused, with both versions named', async () => {
    await client
      .db()
      .collection('layout')
      .updateOne({}, { $set: { version: 99 } });
    const open = () => MongodbViewStore.open(url);
    await expect(open()).rejects.toThrow(UnusableDatabase);
    await expect(open()).rejects.toThrow(
      /written by a later version: layout 99, this one knows 1\. Run that version, or drop/,
    );
  });
});
