import {
  MongoClient,
  MongoError,
  ReadConcern,
  type ClientSession,
  WriteConcern,
  type Db,
  type DbOptions,
  type MongoClientOptions,
  type TransactionOptions,
} from 'mongodb';

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

/** How often a transaction is tried that got in the way of another one. */
const TRIES = 5;

/** What the server turned out to be. */
export interface Deployment {
  readonly db: Db;
  /** Runs work in a transaction; null where the deployment has none. */
  readonly inTransaction: InTransaction | null;
}

export type InTransaction = <Result>(
  work: (session: ClientSession) => Promise<Result>,
) => Promise<Result>;

/** A connection that is made when it is first needed, and again whenever it was lost. */
export class Connection {
  readonly #client: MongoClient;
  readonly #database: string;
  #deployment: Promise<Deployment> | null = null;

  /**
   * @param patience - how long an answer may take, in milliseconds
   * @throws Error where the connection string cannot be understood; it never says what is in it.
   */
  constructor(url: string, patience: number) {
    try {
      this.#client = new MongoClient(url, { ...OPTIONS, socketTimeoutMS: patience });
    } catch {
      // The driver's own words may have a password in them.
      throw new Error(
        'MONGODB_URL is not a connection string that the MongoDB driver understands. Give one such as mongodb://host:27017/service-tickets, with special characters of a password percent-encoded.',
      );
    }
    const namesDatabase = /^[^/]*\/\/[^/?]+\/[^?]/.test(url);
    this.#database = namesDatabase ? this.#client.options.dbName : DATABASE;
  }

  /** What is there. Where nothing answers it is asked again the next time. */
  deployment(): Promise<Deployment> {
    this.#deployment ??= this.#look().catch((error: unknown) => {
      this.#deployment = null;
      throw error;
    });
    return this.#deployment;
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  async #look(): Promise<Deployment> {
    const client = this.#client;
    const hello = await client.db('admin').command({ hello: 1 });
    const replicated = typeof hello['setName'] === 'string' || hello['msg'] === 'isdbgrid';
    if (!replicated) return { db: client.db(this.#database), inTransaction: null };
    const db = client.db(this.#database, MAJORITY);
    return { db, inTransaction: (work) => inTransaction(client, work) };
  }
}

/** What a majority has is not taken back when another member becomes the primary. */
const MAJORITY: DbOptions & TransactionOptions = {
  readConcern: new ReadConcern('majority'),
  writeConcern: new WriteConcern('majority'),
};

/** Two transactions that meet are tried again; what is away is not waited for. */
async function inTransaction<Result>(
  client: MongoClient,
  work: (session: ClientSession) => Promise<Result>,
): Promise<Result> {
  const session = client.startSession();
  try {
    for (let tries = 1; ; tries++) {
      session.startTransaction(MAJORITY);
      try {
        const result = await work(session);
        await session.commitTransaction();
        return result;
      } catch (error) {
        if (session.inTransaction()) await session.abortTransaction().catch(() => undefined);
        if (!isConflict(error) || tries === TRIES) throw error;
      }
    }
  } finally {
    await session.endSession();
  }
}

const WRITE_CONFLICT = 112;
const isConflict = (error: unknown): boolean =>
  error instanceof MongoError && error.code === WRITE_CONFLICT;

const DUPLICATE_KEY = 11_000;
export const isDuplicate = (error: unknown): boolean =>
  error instanceof MongoError && error.code === DUPLICATE_KEY;
