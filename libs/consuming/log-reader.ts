import { LRUCache } from 'lru-cache';
import type { EventReader, Position } from '#event-store/event-store.js';
import { verifyCheckpoint, type Checkpoint } from './checkpoint.js';
import { LogTail, type TailOptions } from './log-tail.js';
import { pageOf, type Page } from './page.js';

/** So many pages of lagging consumers are kept, for others that lag at the same position. */
const KEPT_LAGGING_PAGES = 4;

const DEFAULTS: TailOptions = { pageSizeEvents: 500, paceMs: 10, verifyIntervalMs: 2_000 };

/**
 * Reads the log for all consumers of a thread. Consumers at the end of the log share each page;
 * one that lags reads separately until it has caught up, and those that lag at the same position
 * read together.
 */
export class LogReader {
  readonly #options: TailOptions;
  readonly #lagging = new LRUCache<Position, Promise<Page>>({ max: KEPT_LAGGING_PAGES });
  #opening: Promise<LogTail> | null = null;
  #tail: LogTail | null = null;
  #followers = 0;

  /**
   * @param options - `pageSizeEvents` (500), `paceMs` between pages that are not full (10),
   *   `verifyIntervalMs` between two looks whether the log is still the same (2,000)
   */
  constructor(
    private readonly log: EventReader,
    options: Partial<TailOptions> = {},
  ) {
    this.#options = { ...DEFAULTS, ...options };
  }

  /**
   * Pages after a checkpoint, in order, without gap or repeat, until the signal aborts.
   *
   * @throws LogReplaced where the log is not the one that the checkpoint was read from, and whatever
   *   the log throws where it cannot be read.
   */
  async *follow(from: Checkpoint, signal: AbortSignal): AsyncGenerator<Page> {
    this.#followers += 1;
    try {
      await verifyCheckpoint(this.log, from);
      let { position } = from;
      while (!signal.aborted) {
        const page = await this.#next(position, signal);
        if (page === null) return;
        yield page;
        position = page.checkpoint.position;
      }
    } finally {
      this.#followers -= 1;
      if (this.#followers === 0) this.#forgetTail();
    }
  }

  async #next(after: Position, signal: AbortSignal): Promise<Page | null> {
    const tail = await this.#openTail();
    if (after >= tail.from.position) return tail.next(after, signal);
    let page = this.#lagging.get(after);
    if (page === undefined) {
      page = this.#readLagging(after, tail.from);
      this.#lagging.set(after, page);
      // A failed read is not kept for others.
      page.catch(() => this.#lagging.delete(after));
    }
    return page;
  }

  /** Ends where the tail begins, so that a consumer that has caught up continues with its pages. */
  async #readLagging(after: Position, end: Checkpoint): Promise<Page> {
    const { pageSizeEvents } = this.#options;
    const { events } = await this.log.readAll({ after, limit: pageSizeEvents });
    const upToTail = events.filter(({ position }) => position <= end.position);
    return pageOf(after, upToTail, end, pageSizeEvents);
  }

  #openTail(): Promise<LogTail> {
    if (this.#tail?.hasFailed === true) this.#forgetTail();
    if (this.#opening === null) {
      const opening = LogTail.open(this.log, this.#options);
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
