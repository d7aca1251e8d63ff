import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { START } from '#event-store/event-store.js';
import { foldPage } from './fold-page.js';
import { PageEntry } from './page.js';
import { followsStream, type Projection } from '#projections/projection.js';
import { storyMinutes, storyTurns, tellStory } from '#projections/testing/random-stories.js';
import { project, type Story } from '#projections/testing/story.js';
import { projections } from '#projections/all.js';

/** A page of the log, and whether it is delivered again after it was written. */
interface Page {
  readonly size: number;
  readonly repeated: boolean;
}

const pages = fc.array(
  fc.record<Page>({
    size: fc.integer({ min: 1, max: 12 }),
    repeated: fc.boolean(),
  }),
  { minLength: 1, maxLength: 30 },
);

/** Projects a log in pages, some of which are delivered again after they were written. */
async function projectRepeating(
  projection: Projection<object>,
  story: Story,
  plan: readonly Page[],
): Promise<{ readonly documents: Map<string, unknown>; readonly repeats: number }> {
  const events = await story.log.readAll({ after: START, limit: 10_000 });
  const handled = events.filter(({ stream }) => followsStream(projection, stream));
  const stored = new Map<string, string>();
  const load = (ids: readonly string[]) => {
    const found = ids.flatMap((id): [string, object][] => {
      const text = stored.get(id);
      return text === undefined ? [] : [[id, JSON.parse(text) as object]];
    });
    return Promise.resolve(new Map(found));
  };
  let checkpoint = 0;
  let repeats = 0;
  for (let turn = 0; checkpoint < handled.length; turn++) {
    const { size, repeated } = plan[turn] ?? { size: handled.length, repeated: false };
    const page = handled.slice(checkpoint, checkpoint + size);
    const entries = page.map((event) => new PageEntry(event));
    const { changes } = await foldPage(projection, entries, new Set(), load, () =>
      Promise.resolve(false),
    );
    for (const { id, after } of changes) {
      if (after === null) stored.delete(id);
      else stored.set(id, JSON.stringify(after));
    }
    if (repeated) repeats += 1;
    else checkpoint += size;
  }
  return { documents: await load([...stored.keys()]), repeats };
}

describe.each([...projections])('$name', (projection) => {
  it('ends the same if pages are delivered more than once', async () => {
    let most = 0;
    await fc.assert(
      fc.asyncProperty(storyTurns, storyMinutes, pages, async (turns, minutes, plan) => {
        const story = await tellStory(turns, minutes);
        const { documents, repeats } = await projectRepeating(projection, story, plan);
        expect(documents).toEqual(project(projection, await story.events()));
        most = Math.max(most, repeats);
      }),
      { numRuns: 100 },
    );
    expect(most).toBeGreaterThan(3);
  });
});
