import type { ClientSession, Db, Filter } from 'mongodb';
import { LeaseLost, type ConsumerIdentity, type Lease } from '#consuming/lease.js';
import type { Deployment } from './connection.js';
import { copiesOf, type CopyDocument } from './copies.js';
import { requireLease } from './leases.js';

/** The copy, if no holder of a later lease has opened it. Every write has this condition. */
export const ownCopy = (copy: number, { token }: Lease): Filter<CopyDocument> => ({
  _id: copy,
  token,
});

/** The copies of a lease's projection that no holder of a later lease has opened. */
const notLater = ({ name, version, token }: Lease): Filter<CopyDocument> => ({
  projection: name,
  version,
  token: { $not: { $gt: token } },
});

/**
 * Ends the transactions of those who write copies. A transaction outlives the process that began
 * it by up to a minute, and blocks writes to what it touched. A writer that lives begins a new one.
 */
export async function endTransactions(
  db: Db,
  copies: readonly Pick<CopyDocument, 'session'>[],
): Promise<void> {
  for (const { session } of copies) {
    if (session === null) continue;
    // If the user may not kill sessions, the server's own timeout ends the transaction.
    await db
      .admin()
      .command({ killSessions: [{ id: session }] })
      .catch(() => undefined);
  }
}

/**
 * Closes a projection's copies to earlier holders of the lease, and ends their transactions.
 *
 * @throws LeaseLost if another process holds the lease.
 */
export async function closeToOthers({ db }: Deployment, lease: Lease): Promise<void> {
  await requireLease(db, lease);
  const others = { ...notLater(lease), token: { $not: { $gte: lease.token } } };
  const found = await copiesOf(db).find(others).toArray();
  if (found.length === 0) return;
  await endTransactions(db, found);
  await copiesOf(db).updateMany(others, { $set: { token: lease.token } });
}

/** Halts the live copy, or lets it answer queries again with null. */
export async function setHalt(
  db: Db,
  { name, version }: ConsumerIdentity,
  halted: string | null,
): Promise<void> {
  const live = { projection: name, version, live: true };
  await endTransactions(db, await copiesOf(db).find(live).toArray());
  await copiesOf(db).updateMany(live, { $set: { halted } });
}

/** The sessions in which a process writes its copies, one for each copy. */
export class WriterSessions {
  readonly #sessions = new Map<number, ClientSession>();

  /** The session to write a copy in. */
  for({ client }: Deployment, copy: number): ClientSession {
    const session = this.#sessions.get(copy) ?? client.startSession();
    this.#sessions.set(copy, session);
    return session;
  }
}

/**
 * Opens a copy for the holder of a lease, and records its session.
 *
 * @returns the updated record of the copy.
 * @throws LeaseLost if another process has opened it with a later lease.
 */
export async function openTo(
  db: Db,
  copy: number,
  lease: Lease,
  session: ClientSession,
): Promise<CopyDocument> {
  const opened = await copiesOf(db).findOneAndUpdate(
    { ...notLater(lease), _id: copy },
    { $set: { token: lease.token, session: session.id?.id ?? null } },
    { returnDocument: 'after' },
  );
  if (opened === null) throw new LeaseLost(lease);
  return opened;
}
