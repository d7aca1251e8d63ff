import type { Wait } from '#event-store/follow.js';
import type { Projection } from '#projections/projection.js';
import type { Lease, Leases, ConsumerIdentity } from '#consuming/lease.js';
import type { ViewReader, ProjectionStatus, ViewStore, WritableCopy } from '../view-store.js';
import { CheckpointChanges } from './checkpoint-changes.js';
import { attempt, UnusableDatabase } from './errors.js';
import { Connection, type Deployment } from './connection.js';
import { beginCopy, dropRemoved, findCopy, prepareCopies, statusOf } from './copies.js';
import { prepareDocuments } from './documents.js';
import { closeToOthers, openTo, setHalt, WriterSessions } from './fence.js';
import { MongodbLeases } from './leases.js';
import { MongodbViewReader } from './mongodb-view-reader.js';
import { MongodbCopy } from './mongodb-copy.js';
import { markForRetry } from './parked.js';

/** How long queries and writes wait for an answer. A projector writes many documents at once. */
const QUERY_TIMEOUT_MS = 5_000;
const WRITE_TIMEOUT_MS = 60_000;

/**
 * Read models in a MongoDB database, on a deployment that has transactions. It connects on first
 * use: while the server is away, every call throws ViewStoreUnavailable, and the next one tries
 * again.
 */
export class MongodbViewStore implements ViewStore {
  readonly leases: Leases;
  readonly #queries: Connection;
  readonly #writes: Connection;
  readonly #sessions = new WriterSessions();
  readonly #changes = new CheckpointChanges(() => this.#queries.deployment());

  /**
   * @param url - the connection string, with the database's name
   * @param databaseSuffix - added to that name @default none
   * @throws Error if the driver rejects the connection string.
   */
  constructor(url: string, databaseSuffix = '') {
    this.#queries = new Connection(url, QUERY_TIMEOUT_MS, databaseSuffix);
    this.#writes = new Connection(url, WRITE_TIMEOUT_MS, databaseSuffix);
    this.leases = new MongodbLeases(() => this.#queries.deployment());
  }

  /**
   * Opens the store at the start of a process. A server that is away is connected to later.
   *
   * @throws UnusableDatabase if the server is reachable and cannot be used.
   * @throws Error if the driver rejects the connection string.
   */
  static async open(url: string, databaseSuffix = ''): Promise<MongodbViewStore> {
    const store = new MongodbViewStore(url, databaseSuffix);
    try {
      await store.#queries.deployment();
    } catch (error) {
      if (error instanceof UnusableDatabase) throw error;
    }
    return store;
  }

  openForWriting<View>(projection: Projection<View>, lease: Lease): Promise<WritableCopy<View>> {
    return this.#with(this.#writes, async (deployment) => {
      const { db } = deployment;
      await prepareCopies(db);
      await closeToOthers(deployment, lease);
      const live = await findCopy(db, projection, true);
      if (live !== null) await dropRemoved(db);
      const begun = live ?? (await findCopy(db, projection, false));
      // The process that began it may have ended before it had created all indexes.
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
      if (live !== null) await markForRetry(db, live._id);
    });
  }

  setHalt(projection: ConsumerIdentity, reason: string | null): Promise<void> {
    return this.#with(this.#queries, ({ db }) => setHalt(db, projection, reason));
  }

  status(projection: ConsumerIdentity): Promise<ProjectionStatus> {
    return this.#with(this.#queries, ({ db }) => statusOf(db, projection));
  }

  reader<View>(projection: Projection<View>): ViewReader<View> {
    return new MongodbViewReader(projection, () => this.#queries.deployment());
  }

  waitForWrite(timeoutMs: number): Wait {
    return this.#changes.wait(timeoutMs);
  }

  async close(): Promise<void> {
    await this.#changes.close();
    await Promise.all([this.#queries.close(), this.#writes.close()]);
  }

  #with<Result>(
    connection: Connection,
    work: (deployment: Deployment) => Promise<Result>,
  ): Promise<Result> {
    return attempt(async () => work(await connection.deployment()));
  }
}
