import { afterEach, describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { openCuttingProxy, type CutPoint } from '../testing/cutting-proxy.js';
import { mongodbPlaces } from '../testing/mongodb-places.js';
import { AlteredLog, projectAll } from '#consuming/testing/projecting.js';
import { aFewTurns, tellStory } from '#projections/testing/random-stories.js';
import { project } from '#projections/testing/story.js';
import type { Projection } from '#projections/projection.js';
import { ViewStoreUnavailable } from '../view-store.js';
import { engineers } from '#projections/engineers.js';
import { tickets } from '#projections/tickets.js';
import type { StoredDocument } from './documents.js';
import { MongodbViewStore } from './mongodb-view-store.js';
import { openCopy } from '#consuming/testing/leases.js';

const commits = (sent: Buffer): boolean => sent.includes('commitTransaction\0');

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** What another process reads: the checkpoint of the copy, and its documents. */
async function stored(url: string) {
  const client = new MongoClient(url);
  opened.push(client);
  const copy = await client.db().collection('copies').findOne({});
  const documents = client.db().collection<StoredDocument>(`copy_${Number(copy?._id)}`);
  const views = (await documents.find().toArray()).map(
    ({ _id, view }) => [_id, JSON.parse(view) as unknown] as const,
  );
  return { checkpoint: BigInt(Number(copy?.['checkpoint'])), views: new Map(views) };
}

/** A store whose connections are cut, as those of a process that dies. */
async function dyingStore(cutPoint: CutPoint, url: string): Promise<MongodbViewStore> {
  const proxy = await openCuttingProxy(Number(new URL(url).port), cutPoint);
  const direct = new URL(url);
  direct.port = String(proxy.port);
  direct.searchParams.set('directConnection', 'true');
  // The proxy lets nothing through after the cut.
  direct.searchParams.set('serverSelectionTimeoutMS', '2000');
  const dying = new MongodbViewStore(direct.href);
  opened.push(proxy, dying);
  return dying;
}

const projections = [tickets, engineers] as unknown as Projection<object>[];

describe('a projector that dies', () => {
  const { newPlace } = mongodbPlaces('own');

  const moments = projections.flatMap((projection) =>
    ([1, 6] as const).flatMap((nth) =>
      (['nobody', 'the server'] as const).map((reaches) => ({ projection, nth, reaches })),
    ),
  );

  it.each(moments)(
    'at commit $nth of $projection.name, which reaches $reaches, leaves all of a page or nothing',
    async ({ projection, nth, reaches }) => {
      const { url } = newPlace();
      const story = await tellStory(aFewTurns);
      const views = project(projection, await story.events());
      const small = new AlteredLog(story.log, { limit: () => 7 });
      const dying = await dyingStore({ matches: commits, nth, reaches }, url);
      await expect(projectAll(projection, small, dying)).rejects.toThrow(ViewStoreUnavailable);

      const { checkpoint, views: documents } = await stored(url);
      const seen = (await story.events()).filter(({ position }) => position <= checkpoint);
      expect(documents).toEqual(project(projection, seen));
      expect(seen.length > 0).toBe(nth > 1 || reaches === 'the server');

      const next = new MongodbViewStore(url);
      opened.push(next);
      await projectAll(projection, small, next);
      const copy = await openCopy(next, projection);
      expect(await copy.load([...views.keys()])).toEqual(views);
    },
  );

  it('does not keep others from halting its copy', async () => {
    // Given
    const { url } = newPlace();
    const cutPoint = { matches: commits, nth: 2, reaches: 'nobody' } as const;
    const copy = await openCopy(await dyingStore(cutPoint, url), engineers);
    await copy.goLive();
    await expect(copy.write([], copy.checkpoint)).rejects.toThrow(ViewStoreUnavailable);
    const other = new MongodbViewStore(url);
    opened.push(other);
    // When
    const since = performance.now();
    await other.setHalt(engineers, 'the log was replaced');
    // Then
    expect(performance.now() - since).toBeLessThan(20_000);
    expect((await other.status(engineers)).live?.halted).toBe('the log was replaced');
  });
});
