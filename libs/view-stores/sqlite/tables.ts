import { ID_FIELD, ownFields } from '#projections/projection.js';

/** The names of a copy's tables. Names come only from projections, never from a caller. */
export const tableOf = (copy: number): string => `copy_${copy}`;
export const listTableOf = (copy: number, list: string): string => `copy_${copy}_${list}`;
export const indexOf = (copy: number, index: number): string => `${tableOf(copy)}_${index}`;
export const columnOf = (field: string): string => (field === ID_FIELD ? 'id' : `"f_${field}"`);

/** The parts of a projection that determine its tables. */
interface Shape {
  readonly fields: { readonly [name: string]: unknown };
  readonly lists: object;
  readonly indexes: readonly (readonly string[])[];
  readonly alongside?: readonly string[];
}

/**
 * The tables of a copy: a row for each document, with a column for each field, and a table for each
 * list. The document's text comes last, so that reading a field does not read past it.
 */
export function createTables(copy: number, { fields, lists }: Shape): string {
  const columns = ownFields(fields).map(([field]) => columnOf(field));
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

/** The indexes of a copy. Created once it is filled: bulk indexing is several times faster. */
export const createIndexes = (copy: number, { indexes, alongside = [] }: Shape): string[] =>
  indexes.map((fields, index) => {
    const others = alongside.filter((field) => !fields.includes(field));
    const columns = [...fields.map(columnOf), 'id', ...others.map(columnOf)];
    return `CREATE INDEX IF NOT EXISTS ${indexOf(copy, index)}
      ON ${tableOf(copy)} (${columns.join(', ')})`;
  });
