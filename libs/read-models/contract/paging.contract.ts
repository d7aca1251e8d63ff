import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { present } from '#event-store/testing/present.js';
import type { CollectionReader, Condition, Found } from '../store.js';
import { aNote, liveCopy, notes, writeNotes, type Note } from '../testing/notes.js';
import { openedAt, type Place } from '../testing/opened.js';

export function paging(newPlace: () => Place): void {
  const open = openedAt(newPlace);

  /** Goes from page to page, each behind the last document of the one before. */
  async function pagesOf(
    reader: CollectionReader<Note>,
    sort: { readonly field: 'at' | 'state'; readonly descending: boolean },
    limit: number,
    where: readonly Condition[] = [],
  ): Promise<Found<Note>[]> {
    const found: Found<Note>[] = [];
    for (;;) {
      const last = found.at(-1);
      const after = last && { value: last.view[sort.field], id: last.id };
      const page = await reader.find({ where, sort, limit, ...(after && { after }) });
      expect(page.length).toBeLessThanOrEqual(limit);
      found.push(...page);
      if (page.length < limit) return found;
    }
  }

  const ids = (found: readonly Found<Note>[]) => found.map(({ id }) => id);

  it.each([
    ['forwards', false, ['b', 'd', 'e', 'a', 'c']],
    ['backwards', true, ['c', 'a', 'e', 'd', 'b']],
  ])('%s sorts documents with the same value by their ids', async (_, descending, expected) => {
    const store = await open();
    const [early, late] = [aNote({ at: '2026-01-01' }), aNote({ at: '2026-01-02' })];
    await liveCopy(store, { c: late, e: early, a: late, d: early, b: early });
    for (const limit of [1, 2, 3, 5, 100]) {
      const found = await pagesOf(store.reader(notes), { field: 'at', descending }, limit);
      expect(ids(found)).toStrictEqual(expected);
    }
  });

  it('goes on behind a document that is gone', async () => {
    const store = await open();
    const copy = await liveCopy(store, { a: aNote(), b: aNote(), c: aNote() });
    await writeNotes(copy, { b: null }, 2n);
    const found = await store.reader(notes).find({
      where: [],
      sort: { field: 'at', descending: false },
      limit: 10,
      after: { value: aNote().at, id: 'b' },
    });
    expect(ids(found)).toStrictEqual(['c']);
  });

  it('meets every document once, in order, whatever they are and however long pages are', async () => {
    const store = await open();
    const copy = await liveCopy(store, {});
    const reader = store.reader(notes);
    let checkpoint = 2n;
    let before: string[] = [];
    const note = fc.record({
      at: fc.constantFrom('2026-01-01', '2026-01-02', '2026-01-03', ''),
      state: fc.constantFrom('open', 'closed', 'ö', '🎫'),
      tags: fc.uniqueArray(fc.constantFrom('x', 'y')),
    });
    const id = fc.string({ unit: fc.constantFrom('a', 'b', 'Z', '1', 'é', '🎫'), maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(id, note, { maxKeys: 25, noNullPrototype: true }),
        fc.constantFrom('at' as const, 'state' as const),
        fc.boolean(),
        fc.integer({ min: 1, max: 9 }),
        async (given, field, descending, limit) => {
          const documents: Record<string, Note | null> = {};
          for (const old of before) documents[old] = null;
          for (const [key, change] of Object.entries(given)) documents[key] = aNote(change);
          await writeNotes(copy, documents, checkpoint++);
          before = Object.keys(given);
          const all = await reader.find({ where: [], sort: { field, descending }, limit: 1_000 });
          expect(ids(all).sort()).toStrictEqual([...before].sort());
          const values = all.map(({ view }) => Buffer.from(view[field]));
          for (const [index, value] of values.slice(1).entries()) {
            const order = Buffer.compare(present(values[index]), value);
            expect(descending ? -order : order).toBeLessThanOrEqual(0);
          }
          expect(await pagesOf(reader, { field, descending }, limit)).toStrictEqual(all);
          const some = all.filter(({ view }) => view.tags.includes('x'));
          const where = [{ list: 'tags', has: 'x' }];
          expect(await pagesOf(reader, { field, descending }, limit, where)).toStrictEqual(some);
        },
      ),
      { numRuns: 60 },
    );
  });
}
