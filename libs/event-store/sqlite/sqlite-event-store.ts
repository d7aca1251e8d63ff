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
  /** The data folder, for `events.db`. */
  readonly folder: string;
  /** The maximum number of appends per commit. @default 1,000 */
  readonly maxGroupAppends?: number;
}

interface Waiting {
  readonly append: AppendRequest;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: Error) => void;
}

/** A group of this size is sent without waiting for more, so that sealing and writing overlap. */
const FULL_GROUP_EVENTS = 128;
/** The maximum number of events in a group with more than one append. */
const MAX_GROUP_EVENTS = 512;

/** The maximum number of waiting appends: beyond it, the disk is too slow and appends are refused. */
const MAX_QUEUED_APPENDS = 20_000;

/**
 * The embedded log (SQLite). Appends that arrive during a commit go into the next one;
 * an append resolves only after its commit is on disk.
 */
export class SqliteEventStore extends SqliteEventReader implements EventStore {
  readonly #writer: Worker;
  readonly #maxGroupAppends: number;
  readonly #exited: Promise<void>;
  #queue: Waiting[] = [];
  #inFlight: Waiting[] = [];
  #queuedEvents = 0;
  #gathering = false;
  /** Appends are refused: the store was closed, or its writer has stopped. */
  #closed = false;
  #closing: Promise<void> | undefined;

  private constructor(options: SqliteEventStoreOptions, writer: Worker) {
    super(options.folder);
    this.#writer = writer;
    this.#maxGroupAppends = options.maxGroupAppends ?? 1_000;
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
   * Opens the log in a folder, creates it if there is none, and locks it against other writers.
   *
   * @throws UnusableDataFile, FolderInUse (by name) if it cannot be used, with the remedy.
   */
  static async open(options: SqliteEventStoreOptions): Promise<SqliteEventStore> {
    const workerData: WriterData = { folder: options.folder };
    const writer = new Worker(new URL('./writer-thread.js', import.meta.url), {
      workerData,
      // It keeps nothing for long: without a limit garbage would accumulate.
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
    if (this.#queue.length >= MAX_QUEUED_APPENDS) {
      return Promise.reject(new StoreUnavailable('The log is overloaded. Try again.'));
    }
    const append = { stream, expected, events: seal(stream, expected, events) };
    return new Promise((resolve, reject) => {
      this.#queue.push({ append, resolve, reject });
      this.#queuedEvents += append.events.length;
      this.#gather();
    });
  }

  /** Waits for running appends, then releases the folder. */
  override close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    this.#closed = true;
    while (this.#inFlight.length + this.#queue.length > 0)
      await new Promise((resolve) => setImmediate(resolve));
    // The writer closes last, because the last connection checkpoints the write-ahead log.
    await super.close();
    this.#writer.postMessage('close' satisfies ToWriter);
    await this.#exited;
  }

  /**
   * The next group is what arrives within two turns of the event loop: a client that was just
   * answered can send its next append and share the commit. An idle turn takes microseconds.
   */
  #gather(): void {
    if (this.#inFlight.length > 0 || this.#queue.length === 0) return;
    if (this.#queuedEvents >= FULL_GROUP_EVENTS || this.#queue.length >= this.#maxGroupAppends) {
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
    if (this.#inFlight.length > 0 || this.#queue.length === 0) return;
    this.#inFlight = this.#queue.splice(0, this.#nextGroupSize());
    const group = pack(this.#inFlight.map(({ append }) => append));
    this.#writer.postMessage(group satisfies ToWriter);
  }

  /** How many of the waiting appends go into the next commit. */
  #nextGroupSize(): number {
    let appends = 0;
    let events = 0;
    for (const { append } of this.#queue) {
      events += append.events.length;
      if (appends >= this.#maxGroupAppends || (appends > 0 && events > MAX_GROUP_EVENTS)) break;
      this.#queuedEvents -= append.events.length;
      appends += 1;
    }
    return appends;
  }

  #settle(outcomes: readonly (number | AppendOutcome)[]): void {
    const settled = this.#inFlight;
    this.#inFlight = [];
    this.#gather();
    outcomes.forEach((outcome, index) => {
      const waiting = settled[index];
      if (waiting !== undefined) settle(waiting, outcome);
    });
  }

  #fail(reason: string): void {
    const lost = [...this.#inFlight, ...this.#queue];
    this.#inFlight = [];
    this.#queue = [];
    this.#queuedEvents = 0;
    this.#closed = true;
    for (const { reject } of lost) reject(new StoreUnavailable(reason));
  }
}

function settle({ append, resolve, reject }: Waiting, result: number | AppendOutcome): void {
  const { stream, expected, events } = append;
  const outcome: AppendOutcome =
    typeof result === 'number'
      ? { kind: 'appended', position: result, hash: events.at(-1)?.hash ?? expected.hash }
      : result;
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
