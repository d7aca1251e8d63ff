/** The names of a copy's tables. Names come from projections alone, never from a caller. */
export const tableOf = (copy: number): string => `copy_${copy}`;
export const listTableOf = (copy: number, list: string): string => `copy_${copy}_${list}`;
export const columnOf = (field: string): string => `"f_${field}"`;

/** What of a projection makes its tables. */
interface Shape {
  readonly fields: object;
  readonly lists: object;
  readonly indexes: readonly (readonly string[])[];
}

/** What makes a copy's tables: a document a row, a column a field, a table a list. */
export function createTables(copy: number, { fields, lists }: Shape): string {
  const columns = Object.keys(fields).map(columnOf);
  const listTables = Object.keys(lists).map(
    (list) => `CREATE TABLE ${listTableOf(copy, list)} (
      value TEXT NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (value, document)
    ) STRICT, WITHOUT ROWID;`,
  );
  return `CREATE TABLE ${tableOf(copy)} (
      number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, view TEXT NOT NULL
      ${columns.map((column) => `, ${column}`).join('')}
    );
    ${listTables.join('\n')}`;
}

/**
 * What makes a copy's indexes: once it is filled, for many rows at once are indexed several times
 * faster than each by itself.
 */
export const createIndexes = (copy: number, { indexes }: Shape): string[] =>
  indexes.map(
    (fields, index) =>
      `CREATE INDEX IF NOT EXISTS ${tableOf(copy)}_${index}
       ON ${tableOf(copy)} (${fields.map(columnOf).join(', ')}, id)`,
  );
