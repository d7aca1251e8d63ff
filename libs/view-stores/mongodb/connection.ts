import { MongoClient, type Db, type Document, type MongoClientOptions } from 'mongodb';
import { ViewStoreUnavailable } from '../view-store.js';
import { UnusableDatabase } from './errors.js';
import { requireKnownLayout } from './layout.js';
import { MAJORITY } from './transactions.js';

/** The database if the connection string does not name one. */
const DEFAULT_DATABASE = 'service-tickets';

/** Short timeouts, so that an absent server is noticed soon. The primary has the newest data. */
const OPTIONS: MongoClientOptions = {
  appName: 'service-tickets',
  serverSelectionTimeoutMS: 2_000,
  connectTimeoutMS: 2_000,
  waitQueueTimeoutMS: 2_000,
  heartbeatFrequencyMS: 2_000,
  readPreference: 'primary',
};

/** A reachable deployment that has transactions: a replica set, or a sharded cluster. */
export interface Deployment {
  readonly client: MongoClient;
  readonly db: Db;
}

const STANDALONE =
  'The MongoDB server is standalone and has no transactions. Make it a replica set of one: ' +
  'restart it with one more option (mongod --replSet rs0), then initiate the set ' +
  "(mongosh --eval 'rs.initiate()').";

/** A connection that is opened on first use, and again after a failed attempt. */
export class Connection {
  readonly #newClient: () => MongoClient;
  readonly #database: string;
  #deployment: Promise<Deployment> | null = null;

  /**
   * @param url - its own options win, such as a longer socketTimeoutMS for a slow server
   * @param socketTimeoutMS - how long an answer may take
   * @param databaseSuffix - added to the database's name @default none
   * @throws Error if the driver rejects the connection string; the message does not contain it.
   */
  constructor(url: string, socketTimeoutMS: number, databaseSuffix = '') {
    const options = without(url, { ...OPTIONS, socketTimeoutMS });
    this.#newClient = () => new MongoClient(url, options);
    const namesDatabase = /^[^/]*\/\/[^/?]+\/[^?]/.test(url);
    try {
      const { dbName } = this.#newClient().options;
      this.#database = (namesDatabase ? dbName : DEFAULT_DATABASE) + databaseSuffix;
    } catch {
      // The driver's own message may contain the password.
      throw new Error(
        'MONGODB_URL is not a connection string that the MongoDB driver understands. Give one such as mongodb://host:27017/service-tickets, with special characters of a password percent-encoded.',
      );
    }
  }

  /**
   * The deployment. After a failure the next call tries again.
   *
   * @throws UnusableDatabase if the server has no transactions, or a later version wrote the database.
   */
  deployment(): Promise<Deployment> {
    this.#deployment ??= this.#connect().catch((error: unknown) => {
      this.#deployment = null;
      throw error;
    });
    return this.#deployment;
  }

  async close(): Promise<void> {
    // The caller of deployment() has received the error.
    const deployment = await this.#deployment?.catch(() => null);
    await deployment?.client.close();
  }

  /** Each attempt has a new client: one whose first attempt failed stays unusable. */
  async #connect(): Promise<Deployment> {
    const client = this.#newClient();
    try {
      requireTransactions(await client.db('admin').command({ hello: 1 }));
      const db = client.db(this.#database, MAJORITY);
      await requireKnownLayout(db);
      return { client, db };
    } catch (error) {
      await client.close();
      throw error;
    }
  }
}

/** Those options that a connection string does not have itself. */
function without(url: string, options: MongoClientOptions): MongoClientOptions {
  const own = [...new URLSearchParams(url.split('?')[1]).keys()].map((name) => name.toLowerCase());
  const others = Object.entries(options).filter(([name]) => !own.includes(name.toLowerCase()));
  return Object.fromEntries(others);
}

/**
 * Checks a `hello` reply, by the fields that drivers use to discover the topology.
 *
 * @throws UnusableDatabase, or ViewStoreUnavailable if the replica set is not initiated yet
 */
export function requireTransactions(hello: Document): void {
  if (typeof hello['setName'] === 'string' || hello['msg'] === 'isdbgrid') return;
  if (hello['isreplicaset'] !== true) throw new UnusableDatabase(STANDALONE);
  throw new ViewStoreUnavailable(
    "The MongoDB replica set is not initiated yet. Run: mongosh --eval 'rs.initiate()'",
  );
}
