import { MongoServerError, type Collection, type Db, type IndexDescription } from 'mongodb';
import { ID_FIELD, ownFields, type FieldValue, type Projection } from '#projections/projection.js';

/**
 * One document of a copy. The view is stored as JSON text, since its keys and values hold user
 * input: text has no operators, no paths and no limits on names.
 */
export interface StoredDocument {
  readonly _id: string;
  readonly view: string;
  /** The fields and the lists that queries use. */
  readonly f: { readonly [field: string]: FieldValue };
  readonly l: { readonly [list: string]: readonly string[] };
}

const PREFIX = 'copy_';

export const documentsOf = (db: Db, copy: number): Collection<StoredDocument> =>
  db.collection(`${PREFIX}${copy}`);

/** The numbers of the copies that have a collection of documents. */
export async function copiesWithDocuments(db: Db): Promise<number[]> {
  const found = await db.listCollections({}, { nameOnly: true }).toArray();
  return found
    .filter(({ name }) => /^copy_\d+$/.test(name))
    .map(({ name }) => Number(name.slice(PREFIX.length)));
}

export function encode<View>(
  { fields, lists }: Projection<View>,
  id: string,
  view: View,
): StoredDocument {
  return {
    _id: id,
    view: JSON.stringify(view),
    f: Object.fromEntries(ownFields(fields).map(([field, valueOf]) => [field, valueOf(view)])),
    l: Object.fromEntries(
      Object.entries(lists).map(([list, valuesOf]) => [list, [...new Set(valuesOf(view))]]),
    ),
  };
}

/**
 * Creates a copy's collection and its indexes if they do not exist. They are created while the
 * collection is empty: building an index over a full one may exceed the operation's timeout.
 */
export async function prepareDocuments<View>(
  db: Db,
  copy: number,
  projection: Projection<View>,
): Promise<void> {
  await db.createCollection(`${PREFIX}${copy}`).catch((error: unknown) => {
    if (!(error instanceof MongoServerError && error.code === NAMESPACE_EXISTS)) throw error;
  });
  const indexes = indexesOf(projection);
  if (indexes.length > 0) await documentsOf(db, copy).createIndexes(indexes);
}

const NAMESPACE_EXISTS = 48;

/**
 * The indexes that a projection declares, and one for each list: the list's values, then the
 * projection's first sorting field, so that an index scan returns a page in order.
 */
export function indexesOf<View>({ indexes, lists }: Projection<View>): IndexDescription[] {
  const sorting = indexes.find((fields) => fields.length === 1) ?? [];
  const indexOn = (paths: readonly string[]): IndexDescription => ({
    key: Object.fromEntries([...paths, '_id'].map((path) => [path, 1])),
  });
  return [
    ...indexes.map((fields) => indexOn(fields.map(fieldPath))),
    ...Object.keys(lists).map((list) => indexOn([listPath(list), ...sorting.map(fieldPath)])),
  ];
}

export const fieldPath = (field: string): string => (field === ID_FIELD ? '_id' : `f.${field}`);
export const listPath = (list: string): string => `l.${list}`;
