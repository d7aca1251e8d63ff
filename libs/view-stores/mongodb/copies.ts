import {
  Long,
  type Binary,
  type ClientSession,
  type Collection,
  type Db,
  type Filter,
} from 'mongodb';
import { START, type Position } from '#event-store/event-store.js';
import type { Projection } from '#projections/projection.js';
import type { Lease, ConsumerIdentity } from '#consuming/lease.js';
import type { CopyReport, CopyStatus, ProjectionStatus } from '../view-store.js';
import { isDuplicate } from './errors.js';
import { copiesWithDocuments, documentsOf, prepareDocuments } from './documents.js';
import { dropParked, parkedIn, prepareParked } from './parked.js';
import { inTransaction } from './transactions.js';

/** What is kept of a copy, beside its documents: "live" is the one that answers queries. */
export interface CopyDocument {
  readonly _id: number;
  readonly projection: string;
  readonly version: number;
  readonly live: boolean;
  readonly checkpoint: Long | number;
  /** The token of the last lease that it was opened with: whoever has an older one writes nothing. */
  readonly token: number;
  readonly report: Omit<CopyReport, 'positionsPerSecond'> & Partial<CopyReport>;
  /** The session of the last projector that opened it, where there are transactions. */
  readonly session: Binary | null;
}

export const copiesOf = (db: Db): Collection<CopyDocument> => db.collection('copies');

const countersOf = (db: Db): Collection<{ readonly _id: string; readonly last: number }> =>
  db.collection('counters');
const COPIES = { _id: 'copies' };

/** Of one version one copy at a time is made. */
export async function prepareCopies(db: Db): Promise<void> {
  await copiesOf(db).createIndex(
    { projection: 1, version: 1 },
    { unique: true, partialFilterExpression: { live: false } },
    {},
  );
  const begins = { $setOnInsert: { last: 0 } };
  await countersOf(db)
    .updateOne(COPIES, begins, { upsert: true })
    .catch((error: unknown) => {
      // Two began it at once.
      if (!isDuplicate(error)) throw error;
    });
  await prepareParked(db);
}

/** The driver reads integers as numbers where they fit, and as Long where they do not. */
export const positionOf = (stored: Long | number): Position => BigInt(stored.toString());

/** The newest copy of a projection's version, live or not yet. */
export const findCopy = (
  db: Db,
  { name, version }: ConsumerIdentity,
  live: boolean,
): Promise<CopyDocument | null> =>
  copiesOf(db).findOne({ projection: name, version, live }, { sort: { _id: -1 } });

/** Begins a new and empty copy, or finds the one that somebody else has begun meanwhile. */
export async function beginCopy<View>(db: Db, projection: Projection<View>): Promise<CopyDocument> {
  const { name, version } = projection;
  const begun: CopyDocument = {
    _id: await nextNumber(db),
    projection: name,
    version,
    live: false,
    checkpoint: Long.fromBigInt(START),
    token: 0,
    report: { failure: null, eventsPerSecond: null, positionsPerSecond: null },
    session: null,
  };
  try {
    await copiesOf(db).insertOne(begun);
  } catch (error) {
    const other = isDuplicate(error) ? await findCopy(db, projection, false) : null;
    if (other === null) throw error;
    return other;
  }
  await prepareDocuments(db, begun._id, projection);
  return begun;
}

/** Numbers are never given twice: whoever still holds an old one finds nothing there. */
async function nextNumber(db: Db): Promise<number> {
  const next = { $inc: { last: 1 } };
  const counter = await countersOf(db).findOneAndUpdate(COPIES, next, { returnDocument: 'after' });
  if (counter === null) throw new Error('The counter of the copies was removed: it comes again.');
  return counter.last;
}

/**
 * Makes one copy the live one, and drops every other copy of its projection, whatever its version.
 * Until the others are forgotten the newest live one answers; what was forgotten is dropped last.
 *
 * @returns false where it was dropped meanwhile, or opened with a later lease.
 */
export async function makeLive(
  db: Db,
  number: number,
  { of: { name, version }, token }: Lease,
  session: ClientSession | null,
): Promise<boolean> {
  const options = session === null ? {} : { session };
  const takeItsPlace = async () => {
    const live = { $set: { live: true } };
    const { matchedCount } = await copiesOf(db).updateOne({ _id: number, token }, live, options);
    if (matchedCount !== 1) return false;
    // Where there is no transaction, somebody with a later lease may have begun another one by now.
    const others = { projection: name, _id: { $ne: number } };
    await copiesOf(db).deleteMany(
      { ...others, $nor: [{ version, token: { $gt: token } }] },
      options,
    );
    return true;
  };
  const done = await (session === null ? takeItsPlace() : inTransaction(session, takeItsPlace));
  if (done) await sweep(db);
  return done;
}

/** Finishes what was left to do where a process ended while one of its copies went live. */
export async function forgetOlderThan(db: Db, { _id, projection }: CopyDocument): Promise<void> {
  await copiesOf(db).deleteMany({ projection, _id: { $lt: _id } });
  await sweep(db);
}

/**
 * Drops the documents of copies that are not known any more. What has documents is looked for
 * first: of a copy that is begun meanwhile nothing is dropped.
 */
async function sweep(db: Db): Promise<void> {
  const withDocuments = await copiesWithDocuments(db);
  const known = new Set(await copiesOf(db).distinct('_id'));
  for (const copy of withDocuments) {
    if (known.has(copy)) continue;
    await documentsOf(db, copy).drop();
    await dropParked(db, copy);
  }
}

export async function writeReport(
  db: Db,
  own: Filter<CopyDocument>,
  { failure, eventsPerSecond, positionsPerSecond }: CopyReport,
): Promise<void> {
  const report = { failure, eventsPerSecond, positionsPerSecond };
  await copiesOf(db).updateOne(own, { $set: { report } });
}

export async function statusOf(db: Db, projection: ConsumerIdentity): Promise<ProjectionStatus> {
  const copyStatus = async (live: boolean): Promise<CopyStatus | null> => {
    const copy = await findCopy(db, projection, live);
    if (copy === null) return null;
    // What an earlier version wrote has no pace in positions.
    const { failure, eventsPerSecond, positionsPerSecond = null } = copy.report;
    return {
      checkpoint: positionOf(copy.checkpoint),
      parked: await parkedIn(db, copy._id),
      report: { failure, eventsPerSecond, positionsPerSecond },
    };
  };
  return { live: await copyStatus(true), rebuild: await copyStatus(false) };
}
