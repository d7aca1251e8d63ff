import {
  Long,
  type Binary,
  type ClientSession,
  type Collection,
  type Db,
  type Filter,
} from 'mongodb';
import { START, type Position } from '#event-store/event-store.js';
import type { Checkpoint } from '#consuming/checkpoint.js';
import type { Projection } from '#projections/projection.js';
import type { Lease, ConsumerIdentity } from '#consuming/lease.js';
import type { CopyReport, CopyStatus, ProjectionStatus } from '../view-store.js';
import { isDuplicate, unlessDuplicate } from './errors.js';
import { recordLayout } from './layout.js';
import { copiesWithDocuments, documentsOf, prepareDocuments } from './documents.js';
import { dropParked, parkedIn, prepareParked } from './parked.js';
import { inTransaction } from './transactions.js';

/** The record of a copy. The "live" copy answers queries. */
export interface CopyDocument {
  readonly _id: number;
  readonly projection: string;
  readonly version: number;
  readonly live: boolean;
  readonly checkpoint: Long | number;
  /** The event at the checkpoint; missing in copies of an earlier version. */
  readonly event?: Checkpoint['event'];
  /** Why it must not answer queries; missing or null if it may. */
  readonly halted?: string | null;
  /** The token of the last lease that it was opened with; holders of older leases cannot write. */
  readonly token: number;
  readonly report: Omit<CopyReport, 'positionsPerSecond'> & Partial<CopyReport>;
  /** The session of the last projector that opened it; null before the first. */
  readonly session: Binary | null;
}

export const copiesOf = (db: Db): Collection<CopyDocument> => db.collection('copies');

const countersOf = (db: Db): Collection<{ readonly _id: string; readonly last: number }> =>
  db.collection('counters');
const COPIES = { _id: 'copies' };

/** Creates the collections' indexes. At most one copy of a version is being built at a time. */
export async function prepareCopies(db: Db): Promise<void> {
  await copiesOf(db).createIndex(
    { projection: 1, version: 1 },
    { unique: true, partialFilterExpression: { live: false } },
    {},
  );
  const begins = { $setOnInsert: { last: 0 } };
  await countersOf(db).updateOne(COPIES, begins, { upsert: true }).catch(unlessDuplicate);
  await recordLayout(db);
  await prepareParked(db);
}

/** The driver reads integers as numbers if they fit, otherwise as Long. */
export const positionOf = (stored: Long | number): Position => BigInt(stored.toString());

export const checkpointOf = ({ checkpoint, event = null }: CopyDocument): Checkpoint => ({
  position: positionOf(checkpoint),
  event,
});

/** The newest copy of a projection's version, live or not yet. */
export const findCopy = (
  db: Db,
  { name, version }: ConsumerIdentity,
  live: boolean,
): Promise<CopyDocument | null> =>
  copiesOf(db).findOne({ projection: name, version, live }, { sort: { _id: -1 } });

/** Begins a new, empty copy, or finds the one that another process began at the same time. */
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

/** Numbers are never reused: a holder of an old one finds nothing there. */
async function nextNumber(db: Db): Promise<number> {
  const next = { $inc: { last: 1 } };
  const counter = await countersOf(db).findOneAndUpdate(COPIES, next, { returnDocument: 'after' });
  if (counter === null)
    throw new Error('The counter of copies is missing. It is created on the next attempt.');
  return counter.last;
}

/**
 * Makes one copy live and removes the other copies of its version and of earlier ones, in one
 * transaction; then drops their documents. Those of a later version stay: a program of an earlier
 * version does not undo what a later one has built.
 *
 * @returns false if the copy no longer exists, or was opened with a later lease.
 */
export async function makeLive(
  db: Db,
  number: number,
  { name, version, token }: Lease,
  session: ClientSession,
): Promise<boolean> {
  const done = await inTransaction(session, async () => {
    const live = { $set: { live: true } };
    const copies = copiesOf(db);
    const { matchedCount } = await copies.updateOne({ _id: number, token }, live, { session });
    if (matchedCount !== 1) return false;
    const others = { projection: name, version: { $lte: version }, _id: { $ne: number } };
    await copies.deleteMany(others, { session });
    return true;
  });
  if (done) await dropRemoved(db);
  return done;
}

/**
 * Drops the documents of removed copies. It lists the collections before it reads which copies
 * exist, so that it drops nothing of a copy that begins in between.
 */
export async function dropRemoved(db: Db): Promise<void> {
  const withDocuments = await copiesWithDocuments(db);
  const known = new Set(await copiesOf(db).distinct('_id'));
  for (const copy of withDocuments) {
    if (known.has(copy)) continue;
    await documentsOf(db, copy).drop();
    await dropParked(db, copy);
  }
}

/** Drops a copy that is not live, unless it was opened with a later lease. */
export async function discardCopy(db: Db, own: Filter<CopyDocument>): Promise<void> {
  await copiesOf(db).deleteOne({ ...own, live: false });
  await dropRemoved(db);
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
    // Reports of an earlier version have no positions per second.
    const { failure, eventsPerSecond, positionsPerSecond = null } = copy.report;
    return {
      checkpoint: checkpointOf(copy),
      halted: copy.halted ?? null,
      parked: await parkedIn(db, copy._id),
      report: { failure, eventsPerSecond, positionsPerSecond },
    };
  };
  return { live: await copyStatus(true), rebuild: await copyStatus(false) };
}
