import { setImmediate } from 'node:timers/promises';
import type { Condition, Found, ViewReader } from '#view-stores/view-store.js';

/** So many are read in a few milliseconds. */
const PAGE = 100;

/** Reads all documents that meet some conditions, page by page, in the order of a field. Other requests run in between. */
export async function everyDocument<View>(
  reader: ViewReader<View>,
  where: readonly Condition[],
  field: string,
): Promise<readonly View[]> {
  const views: View[] = [];
  const sort = { field, descending: false };
  let after: Found<View> | undefined;
  for (;;) {
    const found = await reader.find({ where, sort, limit: PAGE, ...(after && { after }) });
    views.push(...found.map(({ view }) => view));
    after = found.at(-1);
    if (after === undefined || found.length < PAGE) return views;
    await setImmediate();
  }
}

/** Reads the documents of all groups of a dimension. */
export const everyGroup = <View>(
  reader: ViewReader<View>,
  dimension: string,
): Promise<readonly View[]> =>
  everyDocument(reader, [{ field: 'dimension', in: [dimension] }], 'group');
