import { afterEach, describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { CuttingProxy } from '../testing/cutting-proxy.js';
import { mongodbPlaces } from '../testing/mongodb-places.js';
import { AlteredLog, projectAll } from '#consuming/testing/projecting.js';
import { aFewTurns, tellStory } from '#projections/testing/random-stories.js';
import { project } from '#projections/testing/story.js';
import type { Projection } from '#projections/projection.js';
import { ViewStoreUnavailable } from '../view-store.js';
import { engineers } from '#projections/engineers.js';
import { tickets } from '#projections/tickets.js';
import { MongodbViewStore } from './mongodb-view-store.js';
import { openCopy } from '#consuming/testing/leases.js';

/** The first member of a BSON document: what the command is, and what it is for. */
const command = (name: string, value: string): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32LE(value.length + 1);
  return Buffer.concat([Buffer.from(`\x02${name}\0`), length, Buffer.from(`${value}\0`)]);
};
const movesCheckpoint = (sent: Buffer): boolean =>
  sent.includes(command('update', 'copies')) && sent.includes('checkpoint\0');
const commits = (sent: Buffer): boolean => sent.includes('commitTransaction\0');

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** What is stored: how far the copy is, and how far the furthest of its documents. */
async function stored(url: string) {
  const client = new MongoClient(url);
  opened.push(client);
  const copy = await client.db().collection('copies').findOne({});
  const documents = client.db().collection(`copy_${Number(copy?._id)}`);
  const [furthest] = await documents.find().sort({ position: -1 }).limit(1).toArray();
  return { checkpoint: Number(copy?.['checkpoint']), furthest: Number(furthest?.['position']) };
}

const kinds = [
  { kind: 'replica set', sign: commits, documentsBefore: false },
  { kind: 'standalone', sign: movesCheckpoint, documentsBefore: true },
] as const;
const projections = [tickets, engineers] as unknown as Projection<object>[];

describe.each(kinds)('a projector that dies on a $kind', ({ kind, sign, documentsBefore }) => {
  const { newPlace } = mongodbPlaces(kind, 'own');

  const moments = projections.flatMap((projection) =>
    ([1, 6] as const).flatMap((nth) =>
      (['nobody', 'the server'] as const).map((reaches) => ({ projection, nth, reaches })),
    ),
  );

  it.each(moments)(
    'with its write $nth of $projection.name, which reaches $reaches, is made up for',
    async ({ projection, nth, reaches }) => {
      const { url } = newPlace();
      const story = await tellStory(aFewTurns);
      const views = project(projection, await story.events());
      const proxy = await CuttingProxy.listen(Number(new URL(url).port), sign, nth, reaches);
      opened.push(proxy);
      const direct = new URL(url);
      direct.port = String(proxy.port);
      direct.searchParams.set('directConnection', 'true');
      const dying = new MongodbViewStore(direct.href);
      opened.push(dying);
      const small = new AlteredLog(story.log, { limit: () => 7 });
      await expect(projectAll(projection, small, dying)).rejects.toThrow(ViewStoreUnavailable);
      expect(proxy.hasCut).toBe(true);

      // Where there are transactions, documents are never further than the checkpoint.
      const { checkpoint, furthest } = await stored(url);
      const ahead = documentsBefore && reaches === 'nobody';
      expect(furthest > checkpoint).toBe(ahead);

      const next = new MongodbViewStore(url);
      opened.push(next);
      await projectAll(projection, small, next);
      const copy = await openCopy(next, projection);
      expect(await copy.load([...views.keys()])).toEqual(views);
    },
  );
});
