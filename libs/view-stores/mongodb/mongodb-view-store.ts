import type { Projection } from '#projections/projection.js';
import type { Lease, Leases, ConsumerIdentity } from '#consuming/lease.js';
import type { ViewReader, ProjectionStatus, ViewStore, WritableCopy } from '../view-store.js';
import { attempt } from './errors.js';
import { Connection, type Deployment } from './connection.js';
import { beginCopy, findCopy, forgetOlderThan, prepareCopies, statusOf } from './copies.js';
import { prepareDocuments } from './documents.js';
import { closeToOthers, openTo, WriterSessions } from './fence.js';
import { MongodbLeases } from './leases.js';
import { MongodbViewReader } from './mongodb-view-reader.js';
import { MongodbCopy } from './mongodb-copy.js';
import { askForRetry } from './parked.js';

/** How long queries wait for an answer, and how long a projector does, which writes a lot at once. */
const QUERY_MILLISECONDS = 5_000;
const WRITE_MILLISECONDS = 60_000;

/**
 * Read models in a MongoDB database. Where the deployment has transactions, documents and checkpoint
 * share one. It connects when it is first asked for something: while there is no server, everything
 * throws ViewStoreUnavailable, and the next call tries again.
 */
export class MongodbViewStore implements ViewStore {
  readonly leases: Leases;
  readonly #queries: Connection;
  readonly #writes: Connection;
  readonly #sessions = new WriterSessions();

  /**
   * @param url - the connection string, with the database's name
   * @throws Error where it cannot be understood.
   */
  constructor(url: string) {
    this.#queries = new Connection(url, QUERY_MILLISECONDS);
    this.#writes = new Connection(url, WRITE_MILLISECONDS);
    this.leases = new MongodbLeases(() => this.#queries.deployment());
  }

  openForWriting<View>(projection: Projection<View>, lease: Lease): Promise<WritableCopy<View>> {
    return this.#with(this.#writes, async (deployment) => {
      const { db } = deployment;
      await prepareCopies(db);
      await closeToOthers(deployment, lease);
      const live = await findCopy(db, projection, true);
      if (live !== null) await forgetOlderThan(db, live);
      const begun = live ?? (await findCopy(db, projection, false));
      // Whoever began it may have ended before it had all of its indexes.
      if (begun !== null) await prepareDocuments(db, begun._id, projection);
      const { _id } = begun ?? (await beginCopy(db, projection));
      return this.#opened(deployment, projection, lease, _id);
    });
  }

  openRebuild<View>(
    projection: Projection<View>,
    lease: Lease,
  ): Promise<WritableCopy<View> | null> {
    return this.#with(this.#writes, async (deployment) => {
      const { db } = deployment;
      await closeToOthers(deployment, lease);
      const begun = await findCopy(db, projection, false);
      if (begun === null || (await findCopy(db, projection, true)) === null) return null;
      await prepareDocuments(db, begun._id, projection);
      return this.#opened(deployment, projection, lease, begun._id);
    });
  }

  async #opened<View>(
    deployment: Deployment,
    projection: Projection<View>,
    lease: Lease,
    copy: number,
  ): Promise<WritableCopy<View>> {
    const { db } = deployment;
    const session = this.#sessions.for(deployment, copy);
    const opened = await openTo(db, copy, lease, session);
    return new MongodbCopy(db, session, projection, lease, opened);
  }

  requestRebuild<View>(projection: Projection<View>): Promise<void> {
    return this.#with(this.#queries, async ({ db }) => {
      const live = await findCopy(db, projection, true);
      if (live === null || (await findCopy(db, projection, false)) !== null) return;
      await beginCopy(db, projection);
    });
  }

  requestRetry(projection: ConsumerIdentity): Promise<void> {
    return this.#with(this.#queries, async ({ db }) => {
      const live = await findCopy(db, projection, true);
      if (live !== null) await askForRetry(db, live._id);
    });
  }

  status(projection: ConsumerIdentity): Promise<ProjectionStatus> {
    return this.#with(this.#queries, ({ db }) => statusOf(db, projection));
  }

  reader<View>(projection: Projection<View>): ViewReader<View> {
    return new MongodbViewReader(projection, () => this.#queries.deployment());
  }

  async close(): Promise<void> {
    await Promise.all([this.#queries.close(), this.#writes.close()]);
  }

  #with<Result>(
    connection: Connection,
    work: (deployment: Deployment) => Promise<Result>,
  ): Promise<Result> {
    return attempt(async () => work(await connection.deployment()));
  }
}
