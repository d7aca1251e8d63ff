import type { Condition, Found, ViewReader } from '#view-stores/view-store.js';

const PAGE = 500;

/** Reads all documents that meet some conditions, page by page, in the order of a field. */
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
  }
}

/** Reads the documents of all groups of a dimension. */
export const everyGroup = <View>(
  reader: ViewReader<View>,
  dimension: string,
): Promise<readonly View[]> =>
  everyDocument(reader, [{ field: 'dimension', in: [dimension] }], 'group');
