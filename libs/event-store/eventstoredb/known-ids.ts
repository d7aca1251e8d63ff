import { setTimeout as pause } from 'node:timers/promises';
import {
  START,
  StoreUnavailable,
  type EventReader,
  type LogPage,
  type Position,
} from '../event-store.js';
import type { EventIdIndex } from './event-id-index.js';
import type { LiveFeed } from './live-feed.js';
import type { LogReads } from './log-reads.js';

/** How many events are indexed at once while the index catches up. */
const PAGE_SIZE_EVENTS = 500;
/** How long a lookup waits for the feed to reach the end of the log. */
const FOUND_TIMEOUT_MS = 2_500;
/** Ids are written in batches of this size, and after this delay at the latest. */
const WRITE_BATCH_IDS = 500;
const WRITE_DELAY_MS = 1_000;
/** How often a start reports the index's progress. */
const PROGRESS_INTERVAL_MS = 2_000;
/** How long it waits after a failed read. */
const RETRY_DELAY_MS = 500;

/** The index and the sources that update it. */
export interface KnownIdsSources {
  readonly index: EventIdIndex;
  readonly reader: Pick<EventReader, 'readAll' | 'headPosition'>;
  readonly reads: Pick<LogReads, 'at'>;
  readonly feed: LiveFeed;
}

/** Knows which event ids are in the log: indexes existing events, then what the feed receives. */
export class KnownIds {
  /** Received events that are not in the index yet, in the order of the log. */
  readonly #unwritten = new Map<string, Position>();
  #writing: NodeJS.Timeout | undefined;
  /** Events that this process appended and has not received yet. */
  readonly #appended = new Set<string>();
  /** Whether the index has caught up with the feed. */
  #caughtUp = false;
  #failure: Error | null = null;

  constructor(private readonly sources: KnownIdsSources) {}

  /** Indexes the existing events, however long that takes. */
  async catchUp(onProgress: (message: string) => void): Promise<void> {
    const { index, reader, reads, feed } = this.sources;
    let reached = await startOf(index, reads);
    const head = await reader.headPosition();
    const reporting = setInterval(() => {
      onProgress(`The index of event ids has read the log up to ${reached} of ${head}.`);
    }, PROGRESS_INTERVAL_MS);
    try {
      while (!feed.covers(reached)) {
        const page = await this.#pageAfter(reached);
        index.add(page.events);
        reached = page.position;
      }
    } finally {
      clearInterval(reporting);
    }
    this.#caughtUp = true;
    for (const { id, position } of feed.page(reached, undefined, Number.POSITIVE_INFINITY).events) {
      this.received(id, position);
    }
  }

  /** Adds an event from the feed. Before the index has caught up, `catchUp` takes them from there. */
  received(id: string, position: Position): void {
    if (!this.#caughtUp || this.#failure !== null) return;
    this.#unwritten.set(id, position);
    this.#appended.delete(id);
    if (this.#unwritten.size >= WRITE_BATCH_IDS) this.#write();
    else
      this.#writing ??= setTimeout(() => {
        this.#write();
      }, WRITE_DELAY_MS);
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
    this.#requireIndex();
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

  /** The next page of the log; retries while the log cannot be read. */
  async #pageAfter(after: Position): Promise<LogPage> {
    for (;;) {
      try {
        return await this.sources.reader.readAll({ after, limit: PAGE_SIZE_EVENTS });
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        await pause(RETRY_DELAY_MS);
      }
    }
  }

  close(): void {
    this.#write();
    this.sources.index.close();
  }

  #requireIndex(): void {
    if (this.#failure === null) return;
    throw new StoreUnavailable(
      `The index of event ids has failed: ${this.#failure.message}. Free its disk and restart.`,
      {
        cause: this.#failure,
      },
    );
  }

  /** After a failure, such as a full disk, every lookup throws. */
  #write(): void {
    clearTimeout(this.#writing);
    this.#writing = undefined;
    if (this.#failure !== null) return;
    const events = [...this.#unwritten].map(([id, position]) => ({ id, position }));
    try {
      this.sources.index.add(events);
      this.#unwritten.clear();
    } catch (error) {
      this.#failure = error as Error;
    }
  }
}

/** The position where an index continues: the start of the log if it was built from another log. */
async function startOf(index: EventIdIndex, reads: KnownIdsSources['reads']): Promise<Position> {
  const upTo = index.upTo();
  if (upTo === null) return START;
  const event = await reads.at(upTo.position);
  if (event?.id === upTo.id) return upTo.position;
  index.clear();
  return START;
}
