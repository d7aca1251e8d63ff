import type { StatementSyncInstance } from '@photostructure/sqlite';

export interface ListStatements {
  readonly valuesOf: (view: never) => readonly string[];
  readonly insert: StatementSyncInstance;
  readonly remove: StatementSyncInstance;
}

/**
 * Writes the difference between a document's former and current values in a list.
 *
 * @param numberOf - looks up the number of the document's row, if the values differ
 */
export function updateList(
  { insert, remove }: ListStatements,
  had: readonly string[],
  has: readonly string[],
  numberOf: () => number,
): void {
  // Most lists are unchanged or grow at their end: the common prefix is skipped.
  let same = 0;
  while (same < had.length && had[same] === has[same]) same++;
  if (same === had.length && same === has.length) return;
  const document = numberOf();
  const before = new Set(had.slice(same));
  if (before.size > 0) {
    const after = new Set(has);
    for (const value of before) if (!after.has(value)) remove.run(value, document);
  }
  for (const value of has.slice(same)) if (!before.has(value)) insert.run(value, document);
}
