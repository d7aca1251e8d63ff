import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { START } from '#event-store/event-store.js';
import { foldPage } from './fold-page.js';
import type { Projection } from '#projections/projection.js';
import { storyMinutes, storyTurns, tellStory } from '#projections/testing/random-stories.js';
import { project, type Story } from '#projections/testing/story.js';
import { projections } from '#projections/all.js';

/** A page that is read, and after how many documents its writing ends; null where it does not. */
interface Page {
  readonly size: number;
  readonly diesAfter: number | null;
}

const pages = fc.array(
  fc.record<Page>({
    size: fc.integer({ min: 1, max: 12 }),
    diesAfter: fc.option(fc.nat(8), { freq: 3 }),
  }),
  { minLength: 1, maxLength: 30 },
);

/**
 * Projects as on a store without transactions: documents are written one by one, in their order, and
 * the checkpoint last, so that whoever goes on after a crash meets some of them as they were after
 * events that are read again.
 */
async function projectDying(
  projection: Projection<object>,
  story: Story,
  plan: readonly Page[],
): Promise<{ readonly documents: Map<string, unknown>; readonly deaths: number }> {
  const { events } = await story.log.readAll({ after: START, limit: 10_000 });
  const handled = events.filter(({ type }) =>
    (projection.handles as readonly string[]).includes(type),
  );
  const stored = new Map<string, string>();
  const load = (ids: readonly string[]) => {
    const found = ids.flatMap((id): [string, object][] => {
      const text = stored.get(id);
      return text === undefined ? [] : [[id, JSON.parse(text) as object]];
    });
    return Promise.resolve(new Map(found));
  };
  let checkpoint = 0;
  let deaths = 0;
  for (let turn = 0; checkpoint < handled.length; turn++) {
    const { size, diesAfter } = plan[turn] ?? { size: handled.length, diesAfter: null };
    const page = handled.slice(checkpoint, checkpoint + size);
    const { changes } = await foldPage(projection, page, new Set(), load);
    for (const { id, after } of changes.slice(0, diesAfter ?? Infinity)) {
      if (after === null) stored.delete(id);
      else stored.set(id, JSON.stringify(after));
    }
    if (diesAfter === null) checkpoint += size;
    else deaths += 1;
  }
  return { documents: await load([...stored.keys()]), deaths };
}

describe.each([...projections])('$name on a store without transactions', (projection) => {
  it('is as if nothing had happened after crashes in the middle of writing', async () => {
    let most = 0;
    await fc.assert(
      fc.asyncProperty(storyTurns, storyMinutes, pages, async (turns, minutes, plan) => {
        const story = await tellStory(turns, minutes);
        const { documents, deaths } = await projectDying(projection, story, plan);
        expect(documents).toEqual(project(projection, await story.events()));
        most = Math.max(most, deaths);
      }),
      { numRuns: 100 },
    );
    expect(most).toBeGreaterThan(3);
  });
});
