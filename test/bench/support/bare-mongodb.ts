import { MongoClient, type ClientSession } from 'mongodb';
import { documentsOf, encode, prepareDocuments } from '#view-stores/mongodb/documents.js';
import { MAJORITY } from '#view-stores/mongodb/transactions.js';
import type { Projection } from '#projections/projection.js';
import type { Batch } from './bare-read-model.js';

/** Any number: the database has no other copy. */
const COPY = 1;

/** The collection and indexes of the read models, with only bulk upserts. */
export class BareMongodb<View> {
  private constructor(
    private readonly client: MongoClient,
    private readonly session: ClientSession,
    private readonly projection: Projection<View>,
  ) {}

  static async open<View>(url: string, projection: Projection<View>): Promise<BareMongodb<View>> {
    const client = await MongoClient.connect(url);
    await prepareDocuments(client.db(), COPY, projection);
    return new BareMongodb(client, client.startSession(), projection);
  }

  /** Writes each batch in a transaction. */
  async write(batches: readonly Batch[]): Promise<void> {
    const { session, projection } = this;
    const collection = documentsOf(this.client.db(), COPY);
    for (const { documents } of batches) {
      const operations = documents.map(({ id, view }) => {
        const { _id, ...replacement } = encode(projection, id, view as View);
        return { replaceOne: { filter: { _id }, replacement, upsert: true } };
      });
      if (operations.length === 0) continue;
      session.startTransaction(MAJORITY);
      await collection.bulkWrite(operations, { session });
      await session.commitTransaction();
    }
  }

  /** The indexes are created before the documents, like those of the read models. */
  index(): Promise<void> {
    return Promise.resolve();
  }

  async close(): Promise<void> {
    await this.session.endSession();
    await this.client.close();
  }
}
