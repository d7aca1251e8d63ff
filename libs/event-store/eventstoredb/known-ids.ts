import { START, StoreUnavailable, type Position, type RecordedEvent } from '../event-store.js';
import type { EventIdIndex } from './event-id-index.js';
import type { EventStoreDbEventReader } from './eventstoredb-event-reader.js';
import type { LogReads } from './log-reads.js';

/** So many events are taken in at once. */
const PAGE = 500;
/** How long who asks for an id waits until the index has what is on the log already. */
const PATIENCE = 2_500;
/** So many ids are written at once, and the first of them after so long at the latest. */
const WRITTEN_AT_ONCE = 500;
const WRITE_MILLISECONDS = 1_000;
/** How often it is told how far the index got at start. */
const TELL_MILLISECONDS = 2_000;

/** Which ids are on the log: keeps the index up to date by following the log. */
export class KnownIds {
  readonly #stop = new AbortController();
  /** Events that were read and are not in the index yet. */
  readonly #unwritten = new Map<string, RecordedEvent>();
  #writing: NodeJS.Timeout | undefined;
  /** Of events that this process appended and has not read again yet. */
  readonly #appended = new Set<string>();
  #running: Promise<void> = Promise.resolve();
  #reached: Position;
  #waiters: (() => void)[] = [];
  #failure: Error | null = null;

  private constructor(
    private readonly index: EventIdIndex,
    private readonly reader: EventStoreDbEventReader,
    reached: Position,
  ) {
    this.#reached = reached;
  }

  /** Takes in what is on the log already, and goes on. */
  static async open(
    index: EventIdIndex,
    reader: EventStoreDbEventReader,
    reads: LogReads,
    tell: (message: string) => void,
  ): Promise<KnownIds> {
    const head = await reader.headPosition();
    const known = new KnownIds(index, reader, await startOf(index, reads));
    known.#running = known.#follow().catch((error: unknown) => {
      known.#fail(error as Error);
    });
    const told = setInterval(() => {
      tell(`The index of event ids has read the log up to ${known.#reached} of ${head}.`);
    }, TELL_MILLISECONDS);
    try {
      await known.upTo(head, Number.POSITIVE_INFINITY);
    } finally {
      clearInterval(told);
    }
    return known;
  }

  /** Whether an event with this id is on the log, as far as it has been read. */
  has(id: string): boolean {
    return this.#appended.has(id) || this.positionOf(id) !== null;
  }

  positionOf(id: string): Position | null {
    return this.#unwritten.get(id)?.position ?? this.index.positionOf(id);
  }

  /** These are on the log now; where, is read soon. */
  appended(ids: readonly string[]): void {
    for (const id of ids) this.#appended.add(id);
  }

  /**
   * Waits until the log has been read up to a position.
   *
   * @throws StoreUnavailable where that takes too long.
   */
  async upTo(position: Position, patience = PATIENCE): Promise<void> {
    const deadline = performance.now() + patience;
    for (;;) {
      if (this.#failure !== null) {
        throw new StoreUnavailable(`The index of event ids fails: ${this.#failure.message}`, {
          cause: this.#failure,
        });
      }
      if (this.#reached >= position) return;
      await this.#next(deadline - performance.now());
    }
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    if (this.#failure === null) this.#write();
    this.index.close();
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stop;
    const pages = this.reader.follow({ after: this.#reached, limit: PAGE, signal }, 0);
    for await (const { events, position } of pages) {
      this.#takeIn(events);
      this.#reached = position;
      this.#wake();
    }
  }

  #takeIn(events: readonly RecordedEvent[]): void {
    for (const event of events) {
      this.#unwritten.set(event.id, event);
      this.#appended.delete(event.id);
    }
    if (this.#unwritten.size >= WRITTEN_AT_ONCE) this.#write();
    else
      this.#writing ??= setTimeout(() => {
        this.#writeLater();
      }, WRITE_MILLISECONDS);
  }

  #writeLater(): void {
    try {
      this.#write();
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  #write(): void {
    clearTimeout(this.#writing);
    this.#writing = undefined;
    this.index.add([...this.#unwritten.values()]);
    this.#unwritten.clear();
  }

  #fail(error: Error): void {
    this.#failure = error;
    this.#stop.abort();
    this.#wake();
  }

  #wake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }

  #next(milliseconds: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer =
        milliseconds === Number.POSITIVE_INFINITY
          ? undefined
          : setTimeout(() => {
              reject(
                new StoreUnavailable('The index of event ids is behind the log: try again soon.'),
              );
            }, milliseconds);
      this.#waiters.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

/** Where an index goes on: at the start of the log where it was made from another one. */
async function startOf(index: EventIdIndex, reads: LogReads): Promise<Position> {
  const upTo = index.upTo();
  if (upTo === null) return START;
  const event = await reads.at(upTo.position);
  if (event?.id === upTo.id) return upTo.position;
  index.clear();
  return START;
}
