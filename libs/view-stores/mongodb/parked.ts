import { Long, type ClientSession, type Collection, type Db } from 'mongodb';
import type { ParkedStream, PoisonEvent } from '../view-store.js';

/** A stream whose event could not be projected. */
interface ParkedDocument extends Omit<ParkedStream, 'position'> {
  /** The copy and the stream. */
  readonly _id: string;
  readonly copy: number;
  readonly position: Long | number;
}

const parkedOf = (db: Db): Collection<ParkedDocument> => db.collection('parked');
const idOf = (copy: number, stream: string): string => `${copy}/${stream}`;

export async function prepareParked(db: Db): Promise<void> {
  await parkedOf(db).createIndex({ copy: 1, position: 1 });
}

export async function parkedIn(db: Db, copy: number): Promise<ParkedStream[]> {
  const found = await parkedOf(db).find({ copy }).sort({ position: 1 }).toArray();
  return found.map(({ stream, revision, position, type, error, retry }) => ({
    stream,
    revision,
    position: BigInt(position.toString()),
    type,
    error,
    retry,
  }));
}

/** Parks streams, which also clears requests to retry them. */
export async function park(
  db: Db,
  copy: number,
  streams: readonly PoisonEvent[],
  session: ClientSession,
): Promise<void> {
  if (streams.length === 0) return;
  const operations = streams.map(({ stream, revision, position, type, error }) => ({
    replaceOne: {
      filter: { _id: idOf(copy, stream) },
      replacement: {
        ...{ copy, stream, revision, type, error },
        position: Long.fromBigInt(position),
        retry: false,
      },
      upsert: true,
    },
  }));
  await parkedOf(db).bulkWrite(operations, { session });
}

export async function release(
  db: Db,
  copy: number,
  streams: readonly string[],
  session: ClientSession,
): Promise<void> {
  if (streams.length === 0) return;
  const ids = streams.map((stream) => idOf(copy, stream));
  await parkedOf(db).deleteMany({ _id: { $in: ids } }, { session });
}

export async function markForRetry(db: Db, copy: number): Promise<void> {
  await parkedOf(db).updateMany({ copy }, { $set: { retry: true } });
}

export async function dropParked(db: Db, copy: number): Promise<void> {
  await parkedOf(db).deleteMany({ copy });
}
