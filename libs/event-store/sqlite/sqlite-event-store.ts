import {
  NO_STREAM,
  StoreUnavailable,
  type Appended,
  type EventStore,
  type EventToAppend,
  type ReadStreamOptions,
  type RecordedEvent,
  type StreamHead,
} from '../event-store.js';
import { seal } from '../integrity/chain.js';
import { acceptsLoss, AppendsRefused } from '../log-loss.js';
import { AppendQueue } from './append-queue.js';
import type { AppendOutcome, AppendRequest } from './append-request.js';
import { lockFolder } from './folder-lock.js';
import { filesIn, pack } from './protocol.js';
import { SqliteEventReader } from './sqlite-event-reader.js';
import { whyUnwritable } from './unwritable.js';
import { StreamEnds } from './stream-ends.js';
import { settle, type WaitingAppend } from './waiting-append.js';
import { WriterHost } from './writer-host.js';

export interface SqliteEventStoreOptions {
  /** The data folder, for `events.db`. */
  readonly folder: string;
  /** The maximum number of appends per commit. @default 1,000 */
  readonly maxGroupAppends?: number;
  /** Called when the writer thread has died. It is started again. */
  readonly onWriterDeath?: (error: Error) => void;
  /** Called when appends are refused, with the reason, and with null when they are accepted again. */
  readonly onRefusal?: (refusal: StoreUnavailable | null) => void;
}

/**
 * The embedded log (SQLite). Appends that arrive during a commit go into the next one;
 * an append resolves only after its commit is on disk.
 */
export class SqliteEventStore extends SqliteEventReader implements EventStore {
  readonly #folder: string;
  readonly #queue: AppendQueue;
  readonly #ends = new StreamEnds();
  readonly #onRefusal: SqliteEventStoreOptions['onRefusal'];
  #inFlight: WaitingAppend[] = [];
  #gathering = false;
  #refusal: StoreUnavailable | null = null;
  /** Why the last write failed; null if it succeeded. */
  #failure: StoreUnavailable | null = null;
  #closing: Promise<void> | undefined;

  private constructor(
    { folder, maxGroupAppends = 1_000, onWriterDeath, onRefusal }: SqliteEventStoreOptions,
    private readonly writer: WriterHost,
    private readonly unlock: () => void,
  ) {
    super(folder);
    this.#folder = folder;
    this.#queue = new AppendQueue(maxGroupAppends);
    writer.on('answered', (outcomes) => {
      this.#settle(outcomes);
    });
    writer.on('died', (error, restartDelayMs) => {
      onWriterDeath?.(error);
      this.#writerDied(error, restartDelayMs);
    });
    writer.on('restarted', () => {
      this.#refuse(writer.refusal);
      this.#gather();
    });
    writer.on('refused', () => {
      this.#refuse(writer.refusal);
    });
    writer.on('silent', () => {
      this.#writerHangs();
    });
    this.#onRefusal = onRefusal;
    if (writer.refusal !== null) this.#refuse(writer.refusal);
  }

  /**
   * Opens the log in a folder, creates it if there is none, and locks it against other writers.
   *
   * @throws UnusableDataFile (by name), FolderInUse if it cannot be used, with the remedy.
   */
  static async open(options: SqliteEventStoreOptions): Promise<SqliteEventStore> {
    const { folder } = options;
    const unlock = lockFolder(filesIn(folder).lock, folder);
    try {
      return new SqliteEventStore(options, await WriterHost.start(folder), unlock);
    } catch (error) {
      unlock();
      throw error;
    }
  }

  /** The writer watches the files. */
  protected override requireSameLog(): void {
    return;
  }

  override async readStream(
    stream: string,
    options: ReadStreamOptions,
  ): Promise<readonly RecordedEvent[]> {
    const { direction = 'forwards', from = 0, limit } = options;
    if (direction === 'backwards') return super.readStream(stream, options);
    if (this.#ends.isBefore(stream, from)) return [];
    const events = await super.readStream(stream, options);
    const last = events.at(-1);
    // The revision of a damaged record may be unknown.
    if (events.length < limit && last?.damage === undefined)
      this.#ends.found(stream, last === undefined ? from : last.revision + 1);
    return events;
  }

  get refusal(): StoreUnavailable | null {
    return this.#refusal;
  }

  append(
    stream: string,
    expected: StreamHead,
    events: readonly EventToAppend[],
  ): Promise<Appended> {
    if (events.length === 0) throw new RangeError('An append needs at least one event.');
    if (this.#refusal !== null && !mayAppend(this.#refusal, events))
      return Promise.reject(this.#refusal);
    if (this.#queue.isOverloaded) {
      return Promise.reject(new StoreUnavailable('The log is overloaded. Try again.'));
    }
    return this.#enqueue({ stream, expected, events: seal(stream, expected, events) });
  }

  async checkAppends(): Promise<void> {
    if (this.#refusal !== null) throw this.#refusal;
    const problem = whyUnwritable(filesIn(this.#folder).log);
    if (problem !== null) throw new StoreUnavailable(`The log cannot be written: ${problem}.`);
    if (this.#failure === null) return;
    if (!this.#isBusy) await this.#enqueue({ stream: '', expected: NO_STREAM, events: [] });
    else throw this.#failure;
  }

  #enqueue(append: AppendRequest): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.#queue.add({ append, resolve, reject });
      this.#gather();
    });
  }

  /** Waits for running appends, unless the writer hangs, then releases the folder. */
  override close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    this.#refusal = new StoreUnavailable('The log is closed.');
    while (this.#inFlight.length + this.#queue.length > 0 && !this.writer.isSilent)
      await new Promise((resolve) => setImmediate(resolve));
    // The writer closes last, because the last connection checkpoints the write-ahead log.
    await super.close();
    await this.writer.close();
    this.unlock();
  }

  /**
   * The next group is what arrives within two turns of the event loop: a client that was just
   * answered can send its next append and share the commit. An idle turn takes microseconds.
   */
  #gather(): void {
    if (this.#isBusy || this.#queue.length === 0) return;
    if (this.#queue.hasFullGroup) {
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
    if (this.#isBusy || this.#queue.length === 0) return;
    this.#inFlight = this.#queue.takeGroup();
    this.writer.send(pack(this.#inFlight.map(({ append }) => append)));
  }

  #settle(outcomes: readonly (number | AppendOutcome)[]): void {
    const settled = this.#endFlight();
    const failed = outcomes.find(isFailure);
    this.#failure = failed === undefined ? null : new StoreUnavailable(failed.reason);
    this.#gather();
    outcomes.forEach((outcome, index) => {
      const waiting = settled[index];
      if (waiting !== undefined) settle(waiting, outcome, this.#refusal);
    });
  }

  /** Takes the appends in flight. They may have been written, also if the writer has died. */
  #endFlight(): WaitingAppend[] {
    const ended = this.#inFlight;
    this.#inFlight = [];
    for (const { append } of ended) this.#ends.forget(append.stream);
    return ended;
  }

  get #isBusy(): boolean {
    return this.#inFlight.length > 0 || !this.writer.isRunning;
  }

  /** Waiting appends are written by the next thread, unless it starts after a delay. */
  #writerDied(error: Error, restartDelayMs: number): void {
    const failure = new StoreUnavailable(`The writer of the log has failed: ${error.message}`, {
      cause: error,
    });
    const lost = this.#endFlight();
    if (restartDelayMs > 0) {
      lost.push(...this.#queue.takeAll());
      this.#refuse(failure);
    }
    for (const { reject } of lost) reject(failure);
  }

  /** The group in progress stays until its outcomes come, so that they are not taken for another one's. */
  #writerHangs(): void {
    const failure = new StoreUnavailable(
      'The log is not written: its writer or its disk does not answer.',
    );
    this.#refuse(failure);
    for (const { reject } of [...this.#inFlight, ...this.#queue.takeAll()]) reject(failure);
  }

  #refuse(refusal: StoreUnavailable | null): void {
    if (this.#closing !== undefined) return;
    this.#refusal = refusal;
    this.#onRefusal?.(refusal);
  }
}

type Failure = AppendOutcome & { readonly kind: 'unavailable' };

/** A group fails as a whole. */
const isFailure = (outcome: number | AppendOutcome): outcome is Failure =>
  typeof outcome !== 'number' && outcome.kind === 'unavailable';

/** A log that lacks events takes the acceptance of this loss alone. */
const mayAppend = (refusal: StoreUnavailable, events: readonly EventToAppend[]): boolean =>
  refusal instanceof AppendsRefused && refusal.loss !== null && acceptsLoss(events);
