import { Long, MongoServerError, type Collection, type Db, type IndexDescription } from 'mongodb';
import type { Position } from '#event-store/event-store.js';
import type { FieldValue, Projection } from '#projections/projection.js';

/**
 * One document of a copy. The view is text: what people write is in its keys and values, and text
 * has no operators, no paths and no limits on names.
 */
export interface StoredDocument {
  readonly _id: string;
  readonly view: string;
  /** The checkpoint of the write that it came with. */
  readonly position: Long;
  /** The fields and the lists that it is found by. */
  readonly f: { readonly [field: string]: FieldValue };
  readonly l: { readonly [list: string]: readonly string[] };
}

const PREFIX = 'copy_';

export const documentsOf = (db: Db, copy: number): Collection<StoredDocument> =>
  db.collection(`${PREFIX}${copy}`);

/** The numbers of the copies whose documents are there. */
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
  position: Position,
): StoredDocument {
  return {
    _id: id,
    view: JSON.stringify(view),
    position: Long.fromBigInt(position),
    f: mapValues(fields, (valueOf) => valueOf(view)),
    l: mapValues(lists, (valuesOf) => [...new Set(valuesOf(view))]),
  };
}

const mapValues = <Value, Result>(
  object: { readonly [name: string]: Value },
  map: (value: Value) => Result,
): { [name: string]: Result } =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)]));

/**
 * Makes a copy's collection and its indexes, where they are not there. An index over what is there
 * already may take longer than an operation may: so they are made first, and filled by and by.
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
 * The indexes that a projection asks for, and one for each list: behind its values comes what the
 * projection is sorted by first, so that a page is read in its order.
 */
export function indexesOf<View>({ indexes, lists }: Projection<View>): IndexDescription[] {
  const sorting = indexes.find((fields) => fields.length === 1) ?? [];
  const behind = (paths: readonly string[]): IndexDescription => ({
    key: Object.fromEntries([...paths, '_id'].map((path) => [path, 1])),
  });
  return [
    ...indexes.map((fields) => behind(fields.map(fieldPath))),
    ...Object.keys(lists).map((list) => behind([listPath(list), ...sorting.map(fieldPath)])),
  ];
}

export const fieldPath = (field: string): string => `f.${field}`;
export const listPath = (list: string): string => `l.${list}`;
