import { MongoClient, type Db, type MongoClientOptions } from 'mongodb';
import { MAJORITY } from './transactions.js';

/** Where the connection string names no database. */
const DATABASE = 'service-tickets';

/** That nobody is there is soon found out. All of it goes to the primary, which has what is new. */
const OPTIONS: MongoClientOptions = {
  appName: 'service-tickets',
  serverSelectionTimeoutMS: 2_000,
  connectTimeoutMS: 2_000,
  waitQueueTimeoutMS: 2_000,
  heartbeatFrequencyMS: 2_000,
  readPreference: 'primary',
};

/** What the server turned out to be. */
export interface Deployment {
  readonly client: MongoClient;
  readonly db: Db;
  readonly transactions: boolean;
}

/** A connection that is made when it is first needed, and again whenever it was lost. */
export class Connection {
  readonly #newClient: () => MongoClient;
  readonly #database: string;
  #deployment: Promise<Deployment> | null = null;

  /**
   * @param patience - how long an answer may take, in milliseconds
   * @throws Error where the connection string cannot be understood; it never says what is in it.
   */
  constructor(url: string, patience: number) {
    this.#newClient = () => new MongoClient(url, { ...OPTIONS, socketTimeoutMS: patience });
    const namesDatabase = /^[^/]*\/\/[^/?]+\/[^?]/.test(url);
    try {
      const { dbName } = this.#newClient().options;
      this.#database = namesDatabase ? dbName : DATABASE;
    } catch {
      // The driver's own words may have a password in them.
      throw new Error(
        'MONGODB_URL is not a connection string that the MongoDB driver understands. Give one such as mongodb://host:27017/service-tickets, with special characters of a password percent-encoded.',
      );
    }
  }

  /** What is there. Where nothing answers it is asked again the next time. */
  deployment(): Promise<Deployment> {
    this.#deployment ??= this.#look().catch((error: unknown) => {
      this.#deployment = null;
      throw error;
    });
    return this.#deployment;
  }

  async close(): Promise<void> {
    // Whoever looked for it has heard why there is none.
    const deployment = await this.#deployment?.catch(() => null);
    await deployment?.client.close();
  }

  /** A client that found nobody the first time is of no use any more: each look has its own. */
  async #look(): Promise<Deployment> {
    const client = this.#newClient();
    try {
      const hello = await client.db('admin').command({ hello: 1 });
      const transactions = typeof hello['setName'] === 'string' || hello['msg'] === 'isdbgrid';
      const db = client.db(this.#database, transactions ? MAJORITY : {});
      return { client, db, transactions };
    } catch (error) {
      await client.close();
      throw error;
    }
  }
}
