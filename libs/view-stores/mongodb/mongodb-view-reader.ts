import type { Collection } from 'mongodb';
import type { Position } from '#event-store/event-store.js';
import type { Projection } from '#projections/projection.js';
import {
  FoundDocuments,
  ViewsHalted,
  ViewStoreUnavailable,
  type ViewReader,
  type Condition,
  type Counted,
  type Found,
  type Query,
} from '../view-store.js';
import { attempt } from './errors.js';
import type { Deployment } from './connection.js';
import { findCopy, positionOf, type CopyDocument } from './copies.js';
import { documentsOf, type StoredDocument } from './documents.js';
import { countedOf, filterOf, sortOf, stepsOf } from './queries.js';

/** How often it counts again if a write came in between. */
const MAX_COUNT_ATTEMPTS = 5;

/** An answer comes in one batch: the copy may be dropped before a second batch is requested. */
const ONE_BATCH = { batchSize: 100_000, maxTimeMS: 4_000 };

/** Reads the live copy of one projection in MongoDB. */
export class MongodbViewReader<View> implements ViewReader<View> {
  constructor(
    private readonly projection: Projection<View>,
    private readonly deployment: () => Promise<Deployment>,
  ) {}

  checkpoint(): Promise<Position> {
    return attempt(async () => positionOf((await this.#live()).checkpoint));
  }

  async get(id: string): Promise<View | null> {
    const [found] = await this.#read((documents) =>
      documents.find({ _id: { $eq: id } }, ONE_BATCH).toArray(),
    );
    return found === undefined ? null : (JSON.parse(found.view) as View);
  }

  async find(query: Query): Promise<readonly Found<View>[]> {
    const filter = filterOf(this.projection, query);
    const options = { ...ONE_BATCH, sort: sortOf(this.projection, query), limit: query.limit };
    return this.#read(async (documents) => {
      const found = new FoundDocuments(this.projection, query);
      for await (const { _id, view } of documents.find(filter, {
        ...options,
        projection: { view: 1 },
      })) {
        found.add(_id, view);
        if (found.isComplete()) break;
      }
      return found.all;
    });
  }

  /** Counts again, a few times at most, if something was written between two of the counts. */
  async count(
    by: readonly string[],
    ...where: readonly (readonly Condition[])[]
  ): Promise<readonly Counted[]> {
    for (let attempts = 1; ; attempts++) {
      const before = await this.checkpoint();
      const counted = await Promise.all(where.map((one) => this.#count(by, one)));
      const isConsistent = where.length === 1 || (await this.checkpoint()) === before;
      if (isConsistent || attempts === MAX_COUNT_ATTEMPTS) return counted.flat();
    }
  }

  async #count(by: readonly string[], where: readonly Condition[]): Promise<readonly Counted[]> {
    const steps = stepsOf(this.projection, by, where);
    const groups = await this.#read((documents) => documents.aggregate(steps, ONE_BATCH).toArray());
    return countedOf(by, groups);
  }

  /**
   * A dropped collection reads like an empty one. After an empty answer it checks that the copy is
   * still live; if not, it reads the copy that replaced it.
   */
  #read<Result>(
    read: (documents: Collection<StoredDocument>) => Promise<Result[]>,
  ): Promise<Result[]> {
    return attempt(async () => {
      const { db } = await this.deployment();
      let { _id: copy } = await this.#live();
      for (;;) {
        const found = await read(documentsOf(db, copy));
        if (found.length > 0) return found;
        const now = await this.#live();
        if (now._id === copy) return found;
        copy = now._id;
      }
    });
  }

  async #live(): Promise<CopyDocument> {
    const { db } = await this.deployment();
    const live = await findCopy(db, this.projection, true);
    if (live === null) {
      const { name } = this.projection;
      throw new ViewStoreUnavailable(`Projection "${name}" is being built. Try again in a moment.`);
    }
    if (typeof live.halted === 'string') throw new ViewsHalted(live.halted);
    return live;
  }
}
