/** The names of a copy's tables. Names come from projections alone, never from a caller. */
export const tableOf = (copy: number): string => `copy_${copy}`;
export const listTableOf = (copy: number, list: string): string => `copy_${copy}_${list}`;
export const indexOf = (copy: number, index: number): string => `${tableOf(copy)}_${index}`;
export const columnOf = (field: string): string => `"f_${field}"`;

/** What of a projection makes its tables. */
interface Shape {
  readonly fields: object;
  readonly lists: object;
  readonly indexes: readonly (readonly string[])[];
  readonly alongside?: readonly string[];
}

/**
 * What makes a copy's tables: a document a row, a column a field, a table a list. The document
 * itself comes last, so that nothing has to be passed over to reach a field.
 */
export function createTables(copy: number, { fields, lists }: Shape): string {
  const columns = Object.keys(fields).map(columnOf);
  const listTables = Object.keys(lists).map(
    (list) => `CREATE TABLE ${listTableOf(copy, list)} (
      value TEXT NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (value, document)
    ) STRICT, WITHOUT ROWID;`,
  );
  return `CREATE TABLE ${tableOf(copy)} (
      number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
      ${columns.map((column) => `${column}, `).join('')}
      view TEXT NOT NULL
    );
    ${listTables.join('\n')}`;
}

/**
 * What makes a copy's indexes: once it is filled, for many rows at once are indexed several times
 * faster than each by itself.
 */
export const createIndexes = (copy: number, { indexes, alongside = [] }: Shape): string[] =>
  indexes.map((fields, index) => {
    const others = alongside.filter((field) => !fields.includes(field));
    const columns = [...fields.map(columnOf), 'id', ...others.map(columnOf)];
    return `CREATE INDEX IF NOT EXISTS ${indexOf(copy, index)}
      ON ${tableOf(copy)} (${columns.join(', ')})`;
  });
