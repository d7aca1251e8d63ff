import type { Collection, Db } from 'mongodb';
import {
  LeaseLost,
  type Lease,
  type LeaseRecord,
  type Leases,
  type ConsumerIdentity,
} from '#consuming/lease.js';
import type { Deployment } from './connection.js';
import { attempt, isDuplicate } from './errors.js';

/** Never deleted, so that its token never starts over. */
interface LeaseDocument {
  readonly _id: string;
  readonly projection: string;
  readonly version: number;
  readonly token: number;
  readonly renewals: number;
  readonly holder: string | null;
}

const leasesOf = (db: Db): Collection<LeaseDocument> => db.collection('leases');
const idOf = ({ name, version }: ConsumerIdentity): string => `${name} v${version}`;

/** The leases in the read models' database. Each is one document, so that taking it is one write. */
export class MongodbLeases implements Leases {
  constructor(private readonly deployment: () => Promise<Deployment>) {}

  all(): Promise<readonly LeaseRecord[]> {
    return this.#with(allIn);
  }

  renew(holder: string): Promise<readonly LeaseRecord[]> {
    return this.#with(async (leases) => {
      await leases.updateMany({ holder }, { $inc: { renewals: 1 } });
      return allIn(leases);
    });
  }

  take(of: ConsumerIdentity, holder: string, seen: LeaseRecord | null): Promise<Lease | null> {
    const { name, version } = of;
    const _id = idOf(of);
    return this.#with(async (leases) => {
      if (seen === null) {
        const first = { _id, projection: name, version, token: 1, renewals: 0, holder };
        return (await inserted(leases, first)) ? { name, version, token: 1 } : null;
      }
      const token = seen.token + 1;
      const { matchedCount } = await leases.updateOne(
        { _id, token: seen.token, renewals: seen.renewals },
        { $set: { token, renewals: 0, holder } },
      );
      return matchedCount === 1 ? { name, version, token } : null;
    });
  }

  release(lease: Lease): Promise<void> {
    const { token } = lease;
    return this.#with(async (leases) => {
      await leases.updateOne({ _id: idOf(lease), token }, { $set: { holder: null } });
    });
  }

  #with<Result>(work: (leases: Collection<LeaseDocument>) => Promise<Result>): Promise<Result> {
    return attempt(async () => work(leasesOf((await this.deployment()).db)));
  }
}

/** @returns false if the document existed already. */
async function inserted(leases: Collection<LeaseDocument>, first: LeaseDocument): Promise<boolean> {
  try {
    await leases.insertOne(first);
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return false;
  }
}

/** @throws LeaseLost if another process has taken it. */
export async function requireLease(db: Db, lease: Lease): Promise<void> {
  const { token } = lease;
  if ((await leasesOf(db).findOne({ _id: idOf(lease), token })) === null)
    throw new LeaseLost(lease);
}

async function allIn(leases: Collection<LeaseDocument>): Promise<readonly LeaseRecord[]> {
  const all = await leases.find().toArray();
  return all.map(({ projection: name, version, token, renewals, holder }) => ({
    name,
    version,
    token,
    renewals,
    holder,
  }));
}
