import type { ViewReader, Condition } from '#view-stores/view-store.js';

const PAGE = 500;

/** Reads all documents that meet some conditions, page by page, in the order of a field. */
export async function everyDocument<View>(
  reader: ViewReader<View>,
  where: readonly Condition[],
  field: string,
  valueOf: (view: View) => string,
): Promise<readonly View[]> {
  const views: View[] = [];
  let after: { value: string; id: string } | undefined;
  for (;;) {
    const sort = { field, descending: false };
    const found = await reader.find({ where, sort, limit: PAGE, ...(after && { after }) });
    views.push(...found.map(({ view }) => view));
    const last = found.at(-1);
    if (last === undefined || found.length < PAGE) return views;
    after = { value: valueOf(last.view), id: last.id };
  }
}
