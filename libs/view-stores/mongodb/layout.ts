import type { Collection, Db } from 'mongodb';
import { unlessDuplicate, UnusableDatabase } from './errors.js';

/**
 * The version of the database's layout. Raise it with a change that an earlier program cannot work
 * with. Databases from before the first version have none.
 */
const LAYOUT_VERSION = 1;

const layoutOf = (db: Db): Collection<{ readonly _id: string; readonly version: number }> =>
  db.collection('layout');
const LAYOUT = { _id: 'layout' };

/** @throws UnusableDatabase if a later version has written the database. */
export async function requireKnownLayout(db: Db): Promise<void> {
  const { version = 0 } = (await layoutOf(db).findOne(LAYOUT)) ?? {};
  if (version <= LAYOUT_VERSION) return;
  throw new UnusableDatabase(
    `The MongoDB database ${db.databaseName} was written by a later version: layout ${version}, this one knows ${LAYOUT_VERSION}. Run that version, or drop the database and start again: it is rebuilt from the log.`,
  );
}

export async function recordLayout(db: Db): Promise<void> {
  const version = { $max: { version: LAYOUT_VERSION } };
  await layoutOf(db).updateOne(LAYOUT, version, { upsert: true }).catch(unlessDuplicate);
}
