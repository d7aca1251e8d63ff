import type { FieldValue } from '#projections/projection.js';
import type { ViewReader, Condition, Found } from '#view-stores/view-store.js';
import { readCursor, writeCursor } from './cursor.js';

export const DEFAULT_LIMIT = 50;

export interface PageQuery<View> {
  readonly where: readonly Condition[];
  readonly sort: { readonly field: string; readonly descending: boolean };
  /** The value of the sort field, for the cursor. */
  readonly sortValue: (view: View) => FieldValue;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

export interface Page<View> {
  readonly found: readonly Found<View>[];
  readonly nextCursor: string | null;
}

/** Reads one page, and one document more to learn whether there is a next page. */
export async function readPage<View>(
  collection: ViewReader<View>,
  { where, sort, sortValue, limit = DEFAULT_LIMIT, cursor }: PageQuery<View>,
): Promise<Page<View>> {
  const query = { where, sort };
  const after = cursor === undefined ? undefined : readCursor(query, cursor);
  const found = await collection.find({
    ...query,
    limit: limit + 1,
    ...(after === undefined ? {} : { after }),
  });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const more = found.length > limit && last !== undefined;
  return {
    found: page,
    nextCursor: more ? writeCursor(query, { value: sortValue(last.view), id: last.id }) : null,
  };
}
