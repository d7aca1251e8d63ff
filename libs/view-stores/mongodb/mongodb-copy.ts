import { Long, type AnyBulkWriteOperation, type ClientSession, type Db } from 'mongodb';
import type { Position } from '#event-store/event-store.js';
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
import { copiesOf, makeLive, positionOf, writeReport, type CopyDocument } from './copies.js';
import { documentsOf, encode, type StoredDocument } from './documents.js';
import { ownCopy } from './fence.js';
import { park, parkedIn, release } from './parked.js';
import { inTransaction } from './transactions.js';
import { inParts, writeAll, writeGuarded } from './writes.js';

const NO_PARKING: Parking = { park: [], release: [] };

/** One copy of a projection in MongoDB, open for its projector. */
export class MongodbCopy<View> implements WritableCopy<View> {
  readonly #number: number;
  #checkpoint: Position;
  #live: boolean;

  constructor(
    private readonly db: Db,
    private readonly session: ClientSession | null,
    private readonly projection: Projection<View>,
    private readonly lease: Lease,
    { _id, checkpoint, live }: CopyDocument,
  ) {
    this.#number = _id;
    this.#checkpoint = positionOf(checkpoint);
    this.#live = live;
  }

  get checkpoint(): Position {
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
    checkpoint: Position,
    parking: Parking = NO_PARKING,
  ): Promise<void> {
    const { session } = this;
    await attempt(() =>
      session === null
        ? this.#writeInOrder(changes, checkpoint, parking)
        : inTransaction(session, () => this.#writeAtOnce(changes, checkpoint, parking, session)),
    );
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

  /** The checkpoint comes first: whoever has an older lease is stopped by it before anything else. */
  async #writeAtOnce(
    changes: readonly Change<View>[],
    checkpoint: Position,
    parking: Parking,
    session: ClientSession,
  ): Promise<void> {
    const { db } = this;
    const operations = changes.map((change) => this.#operation(change, checkpoint, {}));
    await this.#move(checkpoint, session);
    await writeAll(documentsOf(db, this.#number), operations, session);
    await park(db, this.#number, parking.park, { session });
    await release(db, this.#number, parking.release, { session });
  }

  /**
   * What a crash leaves undone is done again from the checkpoint: so it moves behind the documents,
   * and a stream is released only when what was left out of it is there. The lease is looked at
   * before each part that is sent; what was sent before another took it does no harm, for no
   * document is replaced that has seen more.
   */
  async #writeInOrder(
    changes: readonly Change<View>[],
    checkpoint: Position,
    parking: Parking,
  ): Promise<void> {
    const { db } = this;
    const notSeenMore = { position: { $lte: Long.fromBigInt(checkpoint) } };
    const operations = changes.map((change) => this.#operation(change, checkpoint, notSeenMore));
    const documents = documentsOf(db, this.#number);
    await this.#requireOwn();
    for (const some of inParts(operations)) {
      await this.#requireOwn();
      await writeGuarded(documents, some);
    }
    await park(db, this.#number, parking.park);
    await this.#move(checkpoint);
    await release(db, this.#number, parking.release);
  }

  #operation(
    { id, after }: Change<View>,
    checkpoint: Position,
    condition: object,
  ): AnyBulkWriteOperation<StoredDocument> {
    const filter = { _id: id, ...condition };
    if (after === null) return { deleteOne: { filter } };
    const { _id, ...replacement } = encode(this.projection, id, after, checkpoint);
    return { replaceOne: { filter, replacement, upsert: true } };
  }

  async #move(checkpoint: Position, session?: ClientSession): Promise<void> {
    const { matchedCount } = await copiesOf(this.db).updateOne(
      this.#own(),
      { $set: { checkpoint: Long.fromBigInt(checkpoint) } },
      session === undefined ? {} : { session },
    );
    if (matchedCount !== 1) throw this.#moved();
  }

  #own() {
    return ownCopy(this.#number, this.lease);
  }

  async #requireOwn(): Promise<void> {
    if ((await copiesOf(this.db).findOne(this.#own())) === null) throw this.#moved();
  }

  #moved(): CopyMoved {
    return new CopyMoved(
      `Projection ${this.projection.name} was replaced by another copy, or another projector has its lease.`,
    );
  }
}
