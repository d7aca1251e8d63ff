import type { ViewReader, Found, Query } from '#view-stores/view-store.js';
import { readCursor, writeCursor } from './cursor.js';
import type { PageRequest } from './query-requests.js';

export const DEFAULT_LIMIT = 50;

export interface Page<View> {
  readonly found: readonly Found<View>[];
  readonly nextCursor: string | null;
}

/**
 * The documents of a page have at most this size. An answer has little besides them; reading and writing it takes a few milliseconds.
 */
export const MAX_PAGE_BYTES = 512 * 1024;

/**
 * Reads one page, and one document more to learn whether there is a next page. A page of large
 * documents is shorter than the limit.
 */
export async function readPage<View>(
  reader: ViewReader<View>,
  { limit = DEFAULT_LIMIT, cursor }: PageRequest,
  query: Pick<Query, 'where' | 'sort'>,
): Promise<Page<View>> {
  const after = cursor === undefined ? {} : { after: readCursor(query, cursor) };
  const found = await reader.find({
    ...query,
    ...after,
    limit: limit + 1,
    maxBytes: MAX_PAGE_BYTES,
  });
  const isTooLarge = found.reduce((sum, { bytes }) => sum + bytes, 0) > MAX_PAGE_BYTES;
  const page = found.slice(0, isTooLarge ? Math.max(1, found.length - 1) : limit);
  const last = page.at(-1);
  const more = last !== undefined && (isTooLarge || found.length > limit);
  return { found: page, nextCursor: more ? writeCursor(query, last) : null };
}
