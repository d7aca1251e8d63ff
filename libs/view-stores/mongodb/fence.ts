import type { ClientSession, Db, Filter } from 'mongodb';
import { LeaseLost, type Lease } from '#consuming/lease.js';
import type { Deployment } from './connection.js';
import { copiesOf, type CopyDocument } from './copies.js';
import { requireLease } from './leases.js';

/** A copy that nobody with a later lease has opened: whoever writes to it asks for that. */
export const ownCopy = (copy: number, { token }: Lease): Filter<CopyDocument> => ({
  _id: copy,
  token,
});

/** Copies of a lease's projection that nobody with a later lease has opened. */
const notLater = ({ of: { name, version }, token }: Lease): Filter<CopyDocument> => ({
  projection: name,
  version,
  token: { $not: { $gt: token } },
});

/**
 * Closes a projection's copies to all who had the lease before. A transaction outlives the process
 * that began it by a minute, and nobody else writes what it has touched: so theirs are ended first.
 *
 * @throws LeaseLost where another has the lease by now.
 */
export async function closeToOthers({ db }: Deployment, lease: Lease): Promise<void> {
  await requireLease(db, lease);
  const others = { ...notLater(lease), token: { $not: { $gte: lease.token } } };
  const found = await copiesOf(db).find(others).toArray();
  if (found.length === 0) return;
  for (const { session } of found) {
    if (session === null) continue;
    // Where that is not allowed, the server ends it after its time.
    await db
      .admin()
      .command({ killSessions: [{ id: session }] })
      .catch(() => undefined);
  }
  await copiesOf(db).updateMany(others, { $set: { token: lease.token } });
}

/** The sessions in which a process writes its copies, one a copy. */
export class WriterSessions {
  readonly #sessions = new Map<number, ClientSession>();

  /** The session to write a copy in; null where the deployment has no transactions. */
  for({ client, transactions }: Deployment, copy: number): ClientSession | null {
    if (!transactions) return null;
    const session = this.#sessions.get(copy) ?? client.startSession();
    this.#sessions.set(copy, session);
    return session;
  }
}

/**
 * Opens a copy to whoever has the lease, and names the session in it.
 *
 * @returns the copy as it is from then on.
 * @throws LeaseLost where another has opened it with a later lease.
 */
export async function openTo(
  db: Db,
  copy: number,
  lease: Lease,
  session: ClientSession | null,
): Promise<CopyDocument> {
  const opened = await copiesOf(db).findOneAndUpdate(
    { ...notLater(lease), _id: copy },
    { $set: { token: lease.token, session: session?.id?.id ?? null } },
    { returnDocument: 'after' },
  );
  if (opened === null) throw new LeaseLost(lease);
  return opened;
}
