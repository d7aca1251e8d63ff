import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EventReader } from '#event-store/event-store.js';
import type { Projection } from '#projections/projection.js';
import type { ViewStore } from '../view-store.js';
import { AlteredLog, projectAll, startProjecting } from '#consuming/testing/projecting.js';
import { aFewTurns, storyTurns, tellStory } from '#projections/testing/random-stories.js';
import { project } from '#projections/testing/story.js';
import { projections } from '#projections/all.js';
import { openCopy } from '#consuming/testing/leases.js';

/** A field to sort all documents of each projection by. */
const sortBy: { readonly [name: string]: string } = {
  tickets: 'createdAt',
  'ticket-entries': 'id',
  services: 'serviceId',
  'ticket-periods': 'createdAt',
  engineers: 'engineerId',
  'ticket-counts': 'group',
  flow: 'start',
  durations: 'group',
  satisfaction: 'group',
};

async function documents(store: ViewStore, projection: Projection<object>) {
  const found = await store.reader(projection).find({
    where: [],
    sort: { field: sortBy[projection.name] ?? '', descending: false },
    limit: 10_000,
  });
  return new Map(found.map(({ id, view }) => [id, view]));
}

/** A property of every projection in every store. Slow stores take fewer runs. */
export function projectsInBatches(newStore: () => Promise<ViewStore>, runs: number): void {
  it.each([...projections])(
    '$name in batches of any size, with restarts in between',
    async (projection) => {
      let most = 0;
      await fc.assert(
        fc.asyncProperty(
          storyTurns,
          fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 10 }),
          fc.array(fc.nat(5), { maxLength: 6 }),
          async (turns, sizes, stops) => {
            const story = await tellStory(turns);
            const store = await newStore();
            // Each start reads in pages of its own size, and each but the last stops after some.
            for (const [start, pages] of stops.entries()) {
              const size = sizes[start % sizes.length] ?? 1;
              await projectPages(projection, story.log, store, size, pages);
            }
            const limit = () => sizes[0] ?? 1;
            await projectAll(projection, new AlteredLog(story.log, { limit }), store);

            const views = project(projection, await story.events());
            expect(await documents(store, projection)).toEqual(views);
            most = Math.max(most, views.size);
            await store.close();
          },
        ),
        // The example has documents for every projection.
        { numRuns: runs, examples: [[[...aFewTurns], [3, 5], [2, 1]]] },
      );
      // Guards against stories that project nothing.
      expect(most).toBeGreaterThan(2);
    },
  );
}

/** Projects some pages, and stops like a process that shuts down. */
async function projectPages(
  projection: Projection<object>,
  log: EventReader,
  store: ViewStore,
  size: number,
  pages: number,
): Promise<void> {
  let left = pages;
  const head = await log.headPosition();
  const { promise, resolve } = later();
  const limited = new AlteredLog(log, { limit: () => size });
  const { checkpoint } = await openCopy(store, projection);
  if (checkpoint.position >= head || pages === 0) return;
  const running = startProjecting(projection, limited, store, ({ position }) => {
    left -= 1;
    if (left <= 0 || position >= head) resolve();
  });
  await promise;
  await running.stop();
}

function later() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
