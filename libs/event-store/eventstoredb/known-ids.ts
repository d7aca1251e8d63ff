import { START, StoreUnavailable, type Position, type RecordedEvent } from '../event-store.js';
import { sleep } from '../sleep.js';
import type { EventIdIndex } from './event-id-index.js';
import type { LiveFeed } from './live-feed.js';
import type { LogReads } from './log-reads.js';

/** How long a lookup waits for the feed to reach the end of the log. */
const FOUND_TIMEOUT_MS = 2_500;
/** How often a start reports the index's progress. */
const PROGRESS_INTERVAL_MS = 2_000;
/** How long it waits after a failed read or write. */
const RETRY_DELAY_MS = 500;

/** Reads the log for an ephemeral consumer: `LogReader` of `libs/consuming`. */
export interface PageReader {
  join(signal: AbortSignal): void;
  next(
    after: Position,
    options: { readonly signal: AbortSignal; readonly timeoutMs?: number },
  ): Promise<{ readonly entries: readonly { readonly stored: RecordedEvent }[] } | null>;
}

/** The index and the sources that update it. */
export interface KnownIdsSources {
  readonly index: EventIdIndex;
  readonly reader: PageReader;
  readonly reads: Pick<LogReads, 'at'>;
  readonly feed: Pick<LiveFeed, 'reached' | 'until'>;
}

/**
 * Knows which event ids are in the log. The index follows the log as a consumer; a consumer's pages
 * come after a pause, so the events that the feed has received since the last page are in memory.
 */
export class KnownIds {
  /** Received events that are not in the index yet, in the order of the log. */
  readonly #unwritten = new Map<string, Position>();
  /** Events that this process appended and has not received yet. */
  readonly #appended = new Set<string>();
  readonly #stop = new AbortController();
  #following: Promise<void> = Promise.resolve();
  /** Why lookups cannot be answered; null once the index has caught up with the feed. */
  #problem: string | null = 'it is being built. Try again later';

  constructor(private readonly sources: KnownIdsSources) {}

  /**
   * Starts to follow the log. Resolves once the index has all events, however long that takes.
   *
   * @throws Error if the index cannot be written.
   */
  async start(onProgress: (message: string) => void): Promise<void> {
    const { index, feed } = this.sources;
    const reporting = setInterval(() => {
      const reached = index.upTo()?.position ?? START;
      onProgress(`The index of event ids has read the log up to ${reached} of ${feed.reached}.`);
    }, PROGRESS_INTERVAL_MS);
    try {
      await new Promise<void>((resolve, reject) => {
        this.#following = this.#follow(resolve, reject);
      });
    } finally {
      clearInterval(reporting);
    }
  }

  /** Adds an event from the feed. */
  received(id: string, position: Position): void {
    this.#unwritten.set(id, position);
    this.#appended.delete(id);
  }

  /**
   * Whether an event with this id is in the log, up to the last event received.
   *
   * @throws StoreUnavailable if the index fails.
   */
  has(id: string): boolean {
    return this.#appended.has(id) || this.positionOf(id) !== null;
  }

  /** @throws StoreUnavailable if the index fails. */
  positionOf(id: string): Position | null {
    if (this.#problem !== null) {
      throw new StoreUnavailable(`The index of event ids cannot be used: ${this.#problem}.`);
    }
    return this.#unwritten.get(id) ?? this.sources.index.positionOf(id);
  }

  /** Adds appended ids until the feed brings them; the position is that of the last, if known. */
  appended(ids: readonly string[], position: Position | null): void {
    if (position !== null && position <= this.sources.feed.reached) return;
    for (const id of ids) {
      if (position !== null || this.positionOf(id) === null) this.#appended.add(id);
    }
  }

  /**
   * Waits until the feed has reached a position.
   *
   * @throws StoreUnavailable on timeout.
   */
  async upTo(position: Position): Promise<void> {
    if (await this.sources.feed.until(position, FOUND_TIMEOUT_MS)) return;
    throw new StoreUnavailable('The index of event ids lags behind the log. Try again soon.');
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#following;
    const { index } = this.sources;
    const left = [...this.#unwritten].map(([id, position]) => ({ id, position }));
    if (this.#problem === null) index.add(left);
    index.close();
  }

  /** Follows the log until it is closed; starts again after a failure. */
  async #follow(caughtUp: () => void, failed: (error: Error) => void): Promise<void> {
    const { signal } = this.#stop;
    this.sources.reader.join(signal);
    while (!signal.aborted) {
      try {
        await this.#index(await this.#startPosition(), caughtUp);
      } catch (error) {
        // While only the log cannot be read, all ids that were received are known.
        if (!(error instanceof StoreUnavailable)) {
          this.#problem = `${(error as Error).message} It is tried again`;
          failed(error as Error);
        }
        await sleep(RETRY_DELAY_MS, signal);
      }
    }
  }

  /** Where the index continues: at the start of the log if it was made from another one. */
  async #startPosition(): Promise<Position> {
    const { index, reads } = this.sources;
    const upTo = index.upTo();
    if (upTo === null) return START;
    const event = await reads.at(upTo.position);
    if (event?.id === upTo.id) return upTo.position;
    index.clear();
    this.#unwritten.clear();
    return START;
  }

  async #index(from: Position, caughtUp: () => void): Promise<void> {
    const { index, reader } = this.sources;
    const { signal } = this.#stop;
    let position = from;
    while (!signal.aborted) {
      const timeout = this.#problem === null ? {} : { timeoutMs: 0 };
      const page = await reader.next(position, { signal, ...timeout });
      if (page === null) {
        // The reader has read everything that is older than what the feed has received.
        this.#problem = null;
        caughtUp();
        continue;
      }
      const events = page.entries.map(({ stored }) => stored);
      index.add(events);
      for (const { id } of events) this.#unwritten.delete(id);
      position = events.at(-1)?.position ?? position;
    }
  }
}
