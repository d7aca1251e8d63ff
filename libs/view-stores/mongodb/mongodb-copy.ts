import { Long, type ClientSession, type Db } from 'mongodb';
import type { Checkpoint } from '#consuming/checkpoint.js';
import type { Projection } from '#projections/projection.js';
import type { Lease } from '#consuming/lease.js';
import {
  CopyMoved,
  type Change,
  type CopyReport,
  type ParkedStream,
  type Parking,
  type WritableCopy,
} from '../view-store.js';
import { attempt } from './errors.js';
import {
  checkpointOf,
  copiesOf,
  discardCopy,
  makeLive,
  writeReport,
  type CopyDocument,
} from './copies.js';
import { documentsOf, encode } from './documents.js';
import { ownCopy } from './fence.js';
import { park, parkedIn, release } from './parked.js';
import { inTransaction } from './transactions.js';
import { inParts, writeAll, type Operation } from './writes.js';

const NO_PARKING: Parking = { park: [], release: [] };

/** One copy of a projection in MongoDB, open for writing. */
export class MongodbCopy<View> implements WritableCopy<View> {
  readonly #number: number;
  #checkpoint: Checkpoint;
  #live: boolean;

  constructor(
    private readonly db: Db,
    private readonly session: ClientSession,
    private readonly projection: Projection<View>,
    private readonly lease: Lease,
    document: CopyDocument,
  ) {
    this.#number = document._id;
    this.#checkpoint = checkpointOf(document);
    this.#live = document.live;
  }

  get checkpoint(): Checkpoint {
    return this.#checkpoint;
  }

  get live(): boolean {
    return this.#live;
  }

  load(ids: readonly string[]): Promise<Map<string, View>> {
    return attempt(async () => {
      const documents = documentsOf(this.db, this.#number);
      const views = new Map<string, View>();
      for (const some of inParts(ids)) {
        const options = { projection: { view: 1 }, batchSize: some.length };
        const found = await documents.find({ _id: { $in: some } }, options).toArray();
        for (const { _id, view } of found) views.set(_id, JSON.parse(view) as View);
      }
      return views;
    });
  }

  parked(): Promise<Map<string, ParkedStream>> {
    return attempt(async () => {
      const parked = await parkedIn(this.db, this.#number);
      return new Map(parked.map((one) => [one.stream, one]));
    });
  }

  async write(
    changes: readonly Change<View>[],
    checkpoint: Checkpoint,
    parking: Parking = NO_PARKING,
  ): Promise<void> {
    const work = () => this.#writeAll(changes, checkpoint, parking);
    await attempt(() => inTransaction(this.session, work));
    this.#checkpoint = checkpoint;
  }

  report(report: CopyReport): Promise<void> {
    return attempt(() => writeReport(this.db, this.#own(), report));
  }

  async goLive(): Promise<void> {
    const { db, lease, session } = this;
    if (!(await attempt(() => makeLive(db, this.#number, lease, session)))) throw this.#moved();
    this.#live = true;
  }

  discard(): Promise<void> {
    return attempt(() => discardCopy(this.db, this.#own()));
  }

  /** The checkpoint is written first: its condition stops a holder of an older lease. */
  async #writeAll(
    changes: readonly Change<View>[],
    checkpoint: Checkpoint,
    parking: Parking,
  ): Promise<void> {
    const { db, session } = this;
    const operations = changes.map((change) => this.#operation(change));
    await this.#moveCheckpoint(checkpoint);
    await writeAll(documentsOf(db, this.#number), operations, session);
    await park(db, this.#number, parking.park, session);
    await release(db, this.#number, parking.release, session);
  }

  #operation({ id, after }: Change<View>): Operation {
    const filter = { _id: id };
    if (after === null) return { deleteOne: { filter } };
    const { _id, ...replacement } = encode(this.projection, id, after);
    return { replaceOne: { filter, replacement, upsert: true } };
  }

  async #moveCheckpoint({ position, event }: Checkpoint): Promise<void> {
    const { matchedCount } = await copiesOf(this.db).updateOne(
      this.#own(),
      { $set: { checkpoint: Long.fromBigInt(position), event } },
      { session: this.session },
    );
    if (matchedCount !== 1) throw this.#moved();
  }

  #own() {
    return ownCopy(this.#number, this.lease);
  }

  #moved(): CopyMoved {
    return new CopyMoved(
      `Projection ${this.projection.name} was replaced by another copy, or another projector has its lease.`,
    );
  }
}
