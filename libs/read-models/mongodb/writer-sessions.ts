import type { Binary, ClientSession } from 'mongodb';
import type { Deployment } from './connection.js';
import { copiesOf, type CopyDocument } from './copies.js';

/**
 * The sessions in which a process writes its copies: one a copy, named in the copy. A transaction
 * outlives the process that began it by a minute, and nobody else writes what it has touched: so
 * whoever opens a copy ends the session of the one before.
 */
export class WriterSessions {
  readonly #sessions = new Map<number, ClientSession>();

  /** The session to write a copy in; null where the deployment has no transactions. */
  async for(
    { client, db, transactions }: Deployment,
    { _id, session: before }: CopyDocument,
  ): Promise<ClientSession | null> {
    if (!transactions) return null;
    const session = this.#sessions.get(_id) ?? client.startSession();
    this.#sessions.set(_id, session);
    const id = session.id?.id;
    if (id === undefined || (before !== null && sameId(before, id))) return session;
    if (before !== null) {
      // Where that is not allowed, the server ends it after its time.
      await db
        .admin()
        .command({ killSessions: [{ id: before }] })
        .catch(() => undefined);
    }
    await copiesOf(db).updateOne({ _id }, { $set: { session: id } });
    return session;
  }
}

const sameId = (one: Binary, other: Binary): boolean =>
  one.toString('hex') === other.toString('hex');
