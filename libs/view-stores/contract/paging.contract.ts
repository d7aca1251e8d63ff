import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { present } from '#event-store/testing/present.js';
import type { ViewReader, Condition, Found } from '../view-store.js';
import { aNote, liveCopy, notes, writeNotes, type Note } from '#projections/testing/notes.js';
import { openedAt, type Place } from '#consuming/testing/opened.js';

const timeOf = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();

export function paging(newPlace: () => Place): void {
  const open = openedAt(newPlace);

  /** Reads page after page, each starting after the last document of the previous one. */
  async function pagesOf(
    reader: ViewReader<Note>,
    sort: { readonly field: 'at' | 'state' | 'rank'; readonly descending: boolean },
    limit: number,
    where: readonly Condition[] = [],
  ): Promise<Found<Note>[]> {
    const found: Found<Note>[] = [];
    for (;;) {
      const after = found.at(-1);
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

  it('continues after a removed document', async () => {
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

  it.each([
    ['first', false, ['b', 'd', 'e', 'c', 'a', 'f']],
    ['last, backwards', true, ['f', 'a', 'c', 'e', 'd', 'b']],
  ])('sorts documents without a value %s', async (_, descending, expected) => {
    const store = await open();
    const without = aNote({ rank: null });
    const [low, high] = [aNote({ rank: -1 }), aNote({ rank: 2.5 })];
    await liveCopy(store, { d: without, f: high, b: without, c: low, a: high, e: without });
    for (const limit of [1, 2, 3, 4, 100]) {
      const found = await pagesOf(store.reader(notes), { field: 'rank', descending }, limit);
      expect(ids(found)).toStrictEqual(expected);
    }
    const where = [{ field: 'state', in: ['open'] }];
    const found = await pagesOf(store.reader(notes), { field: 'rank', descending }, 2, where);
    expect(ids(found)).toStrictEqual(expected);
  });

  it('returns unchanged documents exactly once while others are added, moved and removed', async () => {
    const store = await open();
    const stay = Array.from({ length: 30 }, (_, n) => [`stay${n}`, aNote({ at: timeOf(n) })]);
    const copy = await liveCopy(store, Object.fromEntries(stay) as Record<string, Note>);
    const reader = (await open()).reader(notes);
    for (const descending of [false, true]) {
      const met: string[] = [];
      let after: { value: string; id: string } | undefined;
      for (let page = 0; ; page++) {
        const sort = { field: 'at', descending };
        const found = await reader.find({ where: [], sort, limit: 4, ...(after && { after }) });
        met.push(...ids(found));
        const last = found.at(-1);
        if (last === undefined) break;
        after = { value: last.view.at, id: last.id };
        await writeNotes(
          copy,
          {
            [`new${page}`]: aNote({ at: timeOf(29 - (page % 30)) }),
            [`new${page - 1}`]: aNote({ at: timeOf((page * 7) % 30) }),
            [`new${page - 2}`]: null,
          },
          copy.checkpoint.position + 1n,
        );
      }
      const stayed = stay.map(([id]) => id);
      const metOfThem = met.filter((id) => id.startsWith('stay'));
      expect(metOfThem).toStrictEqual(descending ? stayed.reverse() : stayed);
      // Some of the added and moved documents were found too.
      expect(met.length).toBeGreaterThan(metOfThem.length);
    }
  });

  it('returns every document once, in order, for any documents and page size', async () => {
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
          const where = [{ list: 'tags', has: ['x'] }];
          expect(await pagesOf(reader, { field, descending }, limit, where)).toStrictEqual(some);
        },
      ),
      { numRuns: 60 },
    );
  });
}
