import type { ViewReader, Found, Query } from '#view-stores/view-store.js';
import { readCursor, writeCursor } from './cursor.js';
import type { PageRequest } from './query-requests.js';

export const DEFAULT_LIMIT = 50;

export interface Page<View> {
  readonly found: readonly Found<View>[];
  readonly nextCursor: string | null;
}

/** Reads one page, and one document more to learn whether there is a next page. */
export async function readPage<View>(
  reader: ViewReader<View>,
  { limit = DEFAULT_LIMIT, cursor }: PageRequest,
  query: Pick<Query, 'where' | 'sort'>,
): Promise<Page<View>> {
  const after = cursor === undefined ? {} : { after: readCursor(query, cursor) };
  const found = await reader.find({ ...query, ...after, limit: limit + 1 });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const more = found.length > limit && last !== undefined;
  return { found: page, nextCursor: more ? writeCursor(query, last) : null };
}
