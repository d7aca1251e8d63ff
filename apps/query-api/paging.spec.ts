import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aNote, liveCopy, notes, type Note } from '#projections/testing/notes.js';
import { SqliteViewStore } from '#view-stores/sqlite/sqlite-view-store.js';
import { readPage, type Page } from './paging.js';
import type { PageRequest } from './query-requests.js';

const MAX_TEXT_BYTES = 512 * 1_024;

const store = new SqliteViewStore(':memory:');
afterAll(() => store.close());

/** Two notes larger than a page, and others of which five fit into one. */
const sizesKib = [100, 900, ...Array.from({ length: 20 }, () => 100), 900];
beforeAll(async () => {
  const documents = sizesKib.map((kib, n): [string, Note] => [
    `n${n}`,
    aNote({ at: `2026-01-01T00:00:${String(n).padStart(2, '0')}Z`, text: 'é'.repeat(kib * 512) }),
  ]);
  await liveCopy(store, Object.fromEntries(documents));
});

async function pages(limit: number): Promise<readonly string[][]> {
  const all: string[][] = [];
  let cursor: string | null = null;
  do {
    const query = { where: [], sort: { field: 'at', descending: false } };
    const request: PageRequest = cursor === null ? { limit } : { limit, cursor };
    const page: Page<Note> = await readPage(store.reader(notes), request, query);
    all.push(page.found.map(({ id }) => id));
    const bytes = page.found.reduce((sum, { view }) => sum + Buffer.byteLength(view.text ?? ''), 0);
    if (page.found.length > 1) expect(bytes).toBeLessThan(MAX_TEXT_BYTES);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return all;
}

it.each([1, 3, 10, 200])('large documents make more pages: a limit of %i', async (limit) => {
  const found = await pages(limit);
  expect(found.flat()).toEqual(sizesKib.map((_, n) => `n${n}`));
  expect(Math.max(...found.map(({ length }) => length))).toBe(Math.min(limit, 5));
});
