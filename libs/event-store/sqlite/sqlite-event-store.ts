import { Worker } from 'node:worker_threads';
import {
  EventIdTaken,
  StoreUnavailable,
  WrongExpectedRevision,
  type Appended,
  type EventStore,
  type EventToAppend,
  type StreamHead,
} from '../event-store.js';
import { seal } from '../integrity/chain.js';
import type { AppendOutcome, AppendRequest } from './log-writer.js';
import { pack, type FromWriter, type ToWriter, type WriterData } from './protocol.js';
import { SqliteEventReader } from './sqlite-event-reader.js';

export interface SqliteEventStoreOptions {
  /** The data folder: `events.db` is made in it. */
  readonly folder: string;
  /** At most so many appends go into one commit. 1 makes every append a commit of its own. */
  readonly largestGroup?: number;
}

interface Waiting {
  readonly append: AppendRequest;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: Error) => void;
}

/** So many events make a group that need not wait for more: the writer starts while we go on sealing. */
const ENOUGH_EVENTS = 128;
/** A group holds no more events than this, and at least one append. */
const MOST_EVENTS = 512;

/** More appends than this waiting means that the disk does not keep up: more are turned away. */
const LONGEST_QUEUE = 20_000;

/**
 * The embedded log (SQLite). Appends that arrive while a commit is under way go into the next one;
 * an append resolves only after its commit is on disk.
 */
export class SqliteEventStore extends SqliteEventReader implements EventStore {
  readonly #writer: Worker;
  readonly #largestGroup: number;
  readonly #exited: Promise<void>;
  #queue: Waiting[] = [];
  #underWay: Waiting[] = [];
  #queuedEvents = 0;
  #gathering = false;
  /** No more appends are taken: it was closed, or its writer has stopped. */
  #closed = false;
  #closing: Promise<void> | undefined;

  private constructor(options: SqliteEventStoreOptions, writer: Worker) {
    super(options.folder);
    this.#writer = writer;
    this.#largestGroup = options.largestGroup ?? 1_000;
    writer.on('message', (message: FromWriter) => {
      if (message !== 'ready') this.#settle(message.outcomes);
    });
    this.#exited = new Promise((resolve) => {
      writer.once('exit', () => {
        this.#fail('The writer of the log has stopped.');
        resolve();
      });
    });
    writer.on('error', (error) => {
      this.#fail(`The writer of the log has failed: ${error.message}`);
    });
  }

  /**
   * Opens the log in a folder, makes it where there is none, and locks it against other writers.
   *
   * @throws UnusableDataFile, FolderInUse (by name) where it cannot be used, with the remedy.
   */
  static async open(options: SqliteEventStoreOptions): Promise<SqliteEventStore> {
    const workerData: WriterData = { folder: options.folder };
    const writer = new Worker(new URL('./writer-thread.js', import.meta.url), {
      workerData,
      // It keeps nothing for long: without a limit it would let garbage lie.
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    await new Promise<void>((resolve, reject) => {
      writer.once('message', () => {
        writer.off('error', reject);
        resolve();
      });
      writer.once('error', reject);
    });
    return new SqliteEventStore(options, writer);
  }

  append(
    stream: string,
    expected: StreamHead,
    events: readonly EventToAppend[],
  ): Promise<Appended> {
    if (events.length === 0) throw new RangeError('An append needs at least one event.');
    if (this.#closed) return Promise.reject(new StoreUnavailable('The log is closed.'));
    if (this.#queue.length >= LONGEST_QUEUE) {
      return Promise.reject(new StoreUnavailable('The log does not keep up with the appends.'));
    }
    const append = { stream, expected, events: seal(stream, expected, events) };
    return new Promise((resolve, reject) => {
      this.#queue.push({ append, resolve, reject });
      this.#queuedEvents += append.events.length;
      this.#gather();
    });
  }

  /** Waits for what is under way, then lets go of the folder. */
  override close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    this.#closed = true;
    while (this.#underWay.length + this.#queue.length > 0)
      await new Promise((resolve) => setImmediate(resolve));
    // The writer goes last, for the last one out folds the write-ahead log into the file.
    await super.close();
    this.#writer.postMessage('close' satisfies ToWriter);
    await this.#exited;
  }

  /**
   * The next group is what two turns of the event loop bring: who was just answered comes back with
   * the next append, and shares this commit. A turn takes microseconds where nothing is to do.
   */
  #gather(): void {
    if (this.#underWay.length > 0 || this.#queue.length === 0) return;
    if (this.#queuedEvents >= ENOUGH_EVENTS || this.#queue.length >= this.#largestGroup) {
      this.#writeNextGroup();
      return;
    }
    if (this.#gathering) return;
    this.#gathering = true;
    setImmediate(() => {
      setImmediate(() => {
        this.#gathering = false;
        this.#writeNextGroup();
      });
    });
  }

  #writeNextGroup(): void {
    if (this.#underWay.length > 0 || this.#queue.length === 0) return;
    this.#underWay = this.#queue.splice(0, this.#nextGroupSize());
    const group = pack(this.#underWay.map(({ append }) => append));
    this.#writer.postMessage(group satisfies ToWriter);
  }

  /** How many of the waiting appends go into the next commit. */
  #nextGroupSize(): number {
    let appends = 0;
    let events = 0;
    for (const { append } of this.#queue) {
      events += append.events.length;
      if (appends >= this.#largestGroup || (appends > 0 && events > MOST_EVENTS)) break;
      this.#queuedEvents -= append.events.length;
      appends += 1;
    }
    return appends;
  }

  #settle(outcomes: readonly (number | AppendOutcome)[]): void {
    const settled = this.#underWay;
    this.#underWay = [];
    this.#gather();
    outcomes.forEach((outcome, index) => {
      const waiting = settled[index];
      if (waiting !== undefined) settle(waiting, outcome);
    });
  }

  #fail(reason: string): void {
    const lost = [...this.#underWay, ...this.#queue];
    this.#underWay = [];
    this.#queue = [];
    this.#queuedEvents = 0;
    this.#closed = true;
    for (const { reject } of lost) reject(new StoreUnavailable(reason));
  }
}

function settle({ append, resolve, reject }: Waiting, told: number | AppendOutcome): void {
  const { stream, expected, events } = append;
  const outcome: AppendOutcome =
    typeof told === 'number'
      ? { kind: 'appended', position: told, hash: events.at(-1)?.hash ?? expected.hash }
      : told;
  switch (outcome.kind) {
    case 'appended':
    case 'repeated': {
      const head = { revision: expected.revision + events.length, hash: outcome.hash };
      const position = BigInt(outcome.position);
      resolve({ head, position, repeated: outcome.kind === 'repeated' });
      return;
    }
    case 'wrong_expected_revision':
      reject(new WrongExpectedRevision(stream, expected));
      return;
    case 'event_id_taken':
      reject(new EventIdTaken(stream));
      return;
    case 'unavailable':
      reject(new StoreUnavailable(outcome.reason));
  }
}
