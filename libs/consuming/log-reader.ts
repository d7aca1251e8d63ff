import { setImmediate } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { EventReader, Position } from '#event-store/event-store.js';
import { verifyCheckpoint, type Checkpoint } from './checkpoint.js';
import { LogTail, type TailOptions } from './log-tail.js';
import { pageOf, type Page } from './page.js';
import { StreamLinks } from './stream-links.js';

/** The number of cached pages for consumers that lag at the same position. */
const MAX_LAGGING_PAGES = 4;

const DEFAULTS: TailOptions = { pageSizeEvents: 500, paceMs: 10, verifyIntervalMs: 2_000 };

const shared = new WeakMap<EventReader, LogReader>();

export interface NextPage {
  /** Ends the wait for the page. */
  readonly signal: AbortSignal;
  /** How long to wait for a page; with 0 only an available one is returned. @default no limit */
  readonly timeoutMs?: number;
  /** The maximum number of events read at once while it lags. @default `pageSizeEvents` of the reader */
  readonly limitEvents?: number;
}

/**
 * Reads the log for all consumers of a thread. Consumers at the end of the log share each page;
 * one that lags reads separately until it has caught up, and those that lag at the same position
 * read together.
 */
export class LogReader {
  readonly #options: TailOptions;
  readonly #lagging = new LRUCache<Position, Promise<Page>>({ max: MAX_LAGGING_PAGES });
  /** The last read of a lagging consumer. */
  #lastRead: Promise<unknown> = Promise.resolve();
  readonly #links: StreamLinks;
  #opening: Promise<LogTail> | null = null;
  #tail: LogTail | null = null;
  #followers = 0;

  /**
   * The reader that all consumers of a log in this thread share.
   *
   * @param options - as for the constructor; the options of later calls are ignored
   */
  static of(log: EventReader, options: Partial<TailOptions> = {}): LogReader {
    const reader = shared.get(log) ?? new LogReader(log, options);
    shared.set(log, reader);
    return reader;
  }

  /**
   * @param options - `pageSizeEvents` (500), `paceMs` between pages that are not full (10),
   *   `verifyIntervalMs` between checks that the log is still the same (2,000)
   */
  constructor(
    readonly log: EventReader,
    options: Partial<TailOptions> = {},
  ) {
    this.#options = { ...DEFAULTS, ...options };
    this.#links = new StreamLinks(log);
  }

  /**
   * Pages after a checkpoint, in order, without gap or repeat, until the signal aborts.
   *
   * @throws LogReplaced if the checkpoint is of another log, and the log's error if it cannot be
   *   read.
   */
  async *follow(from: Checkpoint, signal: AbortSignal): AsyncGenerator<Page> {
    const ended = new AbortController();
    this.join(ended.signal);
    try {
      await verifyCheckpoint(this.log, from);
      let { position } = from;
      while (!signal.aborted) {
        const page = await this.next(position, { signal });
        if (page === null) return;
        yield page;
        position = page.checkpoint.position;
      }
    } finally {
      ended.abort();
    }
  }

  /**
   * Follows the end of the log until the signal aborts, for an ephemeral consumer: one that keeps no
   * checkpoint and calls {@link next}.
   */
  join(signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#followers += 1;
    signal.addEventListener('abort', () => {
      this.#followers -= 1;
      if (this.#followers === 0) this.#forgetTail();
    });
  }

  /**
   * The page after a position, for a consumer that has joined.
   *
   * @returns null if there is none in time, or the signal aborts before.
   * @throws LogReplaced, and the log's error if it cannot be read.
   */
  async next(after: Position, { signal, timeoutMs, limitEvents }: NextPage): Promise<Page | null> {
    if (signal.aborted) return null;
    const tail = await this.#openTail();
    if (after >= tail.from.position) return tail.next(after, signal, timeoutMs);
    let page = this.#lagging.get(after);
    if (page === undefined) {
      page = this.#readLagging(after, tail.from, limitEvents ?? this.#options.pageSizeEvents);
      this.#lagging.set(after, page);
      // The next consumer tries again: what was damaged may be mended by then.
      const forget = () => this.#lagging.delete(after);
      const forgetDamaged = ({ entries }: Page) => {
        if (entries.some(({ stored }) => stored.damage !== undefined)) forget();
      };
      page.then(forgetDamaged, forget);
    }
    return page;
  }

  /** Ends where the tail begins, so that a consumer that has caught up continues with its pages. */
  async #readLagging(after: Position, end: Checkpoint, limit: number): Promise<Page> {
    const before = this.#lastRead;
    const read = async () => {
      // One page in each turn of the event loop, so that other work of the thread can run.
      await before;
      await setImmediate();
      return this.log.readAll({ after, limit });
    };
    const reading = read();
    this.#lastRead = reading.catch(() => undefined);
    const upToTail = (await reading).filter(({ position }) => position <= end.position);
    return pageOf(after, await this.#links.checked(upToTail), end, limit);
  }

  #openTail(): Promise<LogTail> {
    if (this.#tail?.hasFailed === true) this.#forgetTail();
    if (this.#opening === null) {
      const opening = LogTail.open(this.log, this.#links, this.#options);
      this.#opening = opening;
      opening.then(
        (tail) => {
          if (this.#opening === opening) this.#tail = tail;
          else tail.stop();
        },
        () => {
          if (this.#opening === opening) this.#opening = null;
        },
      );
    }
    return this.#opening;
  }

  #forgetTail(): void {
    this.#tail?.stop();
    this.#tail = null;
    this.#opening = null;
    this.#lagging.clear();
  }
}
