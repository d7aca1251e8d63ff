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
export function createTables(copy: number, projection: Shape): string {
  const table = tableOf(copy);
  const columns = Object.keys(projection.fields).map(columnOf);
  const indexes = projection.indexes.map(
    (fields, index) =>
      `CREATE INDEX ${table}_${index} ON ${table} (${fields.map(columnOf).join(', ')}, id);`,
  );
  const lists = Object.keys(projection.lists).map(
    (list) => `CREATE TABLE ${listTableOf(copy, list)} (
      value TEXT NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (value, document)
    ) STRICT, WITHOUT ROWID;`,
  );
  return `CREATE TABLE ${table} (
      number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, view TEXT NOT NULL
      ${columns.map((column) => `, ${column}`).join('')}
    );
    ${indexes.join('\n')}
    ${lists.join('\n')}`;
}
