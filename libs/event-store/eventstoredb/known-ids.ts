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

/** So many events are taken in at once while the index is behind. */
const PAGE = 500;
/** How long who asks for an id waits until what is on the log already has been heard of. */
const PATIENCE = 2_500;
/** So many ids are written at once, and the first of them after so long at the latest. */
const WRITTEN_AT_ONCE = 500;
const WRITE_MILLISECONDS = 1_000;
/** How often it is told how far the index got at start. */
const PROGRESS_INTERVAL_MS = 2_000;
/** How long it rests when the log cannot be read. */
const REST_MILLISECONDS = 500;

/** What the index is kept up to date from. */
export interface KnownIdsSources {
  readonly index: EventIdIndex;
  readonly reader: Pick<EventReader, 'readAll' | 'headPosition'>;
  readonly reads: Pick<LogReads, 'at'>;
  readonly feed: LiveFeed;
}

/** Which ids are on the log: takes in what is there already, and then what the feed hears of. */
export class KnownIds {
  /** Of events that were heard of and are not in the index yet, in the order of the log. */
  readonly #unwritten = new Map<string, Position>();
  #writing: NodeJS.Timeout | undefined;
  /** Of events that this process appended and has not heard of yet. */
  readonly #appended = new Set<string>();
  /** Whether everything up to where the feed is has been taken in. */
  #caughtUp = false;
  #failure: Error | null = null;

  constructor(private readonly sources: KnownIdsSources) {}

  /** Takes in what is on the log already, however long that takes. */
  async catchUp(onProgress: (message: string) => void): Promise<void> {
    const { index, reader, reads, feed } = this.sources;
    let reached = await startOf(index, reads);
    const head = await reader.headPosition();
    const reporting = setInterval(() => {
      onProgress(`The index of event ids has read the log up to ${reached} of ${head}.`);
    }, PROGRESS_INTERVAL_MS);
    try {
      while (!feed.covers(reached)) {
        const page = await this.#pageBehind(reached);
        index.add(page.events);
        reached = page.position;
      }
    } finally {
      clearInterval(reporting);
    }
    this.#caughtUp = true;
    for (const { id, position } of feed.page(reached, undefined, Number.POSITIVE_INFINITY).events) {
      this.heard(id, position);
    }
  }

  /** Of an event that the feed has just got. Before it has caught up they are found on the feed. */
  heard(id: string, position: Position): void {
    if (!this.#caughtUp || this.#failure !== null) return;
    this.#unwritten.set(id, position);
    this.#appended.delete(id);
    if (this.#unwritten.size >= WRITTEN_AT_ONCE) this.#write();
    else
      this.#writing ??= setTimeout(() => {
        this.#write();
      }, WRITE_MILLISECONDS);
  }

  /**
   * Whether an event with this id is on the log, as far as it has been heard of.
   *
   * @throws StoreUnavailable where nobody can say.
   */
  has(id: string): boolean {
    return this.#appended.has(id) || this.positionOf(id) !== null;
  }

  /** @throws StoreUnavailable where nobody can say. */
  positionOf(id: string): Position | null {
    this.#requireIndex();
    return this.#unwritten.get(id) ?? this.sources.index.positionOf(id);
  }

  /** These were appended, the last of them at a position, if the server said so: all are heard of soon. */
  appended(ids: readonly string[], position: Position | null): void {
    if (position !== null && position <= this.sources.feed.reached) return;
    for (const id of ids) {
      if (position !== null || this.positionOf(id) === null) this.#appended.add(id);
    }
  }

  /**
   * Waits until everything up to a position has been heard of.
   *
   * @throws StoreUnavailable where that takes too long.
   */
  async upTo(position: Position): Promise<void> {
    if (await this.sources.feed.until(position, PATIENCE)) return;
    throw new StoreUnavailable('The index of event ids is behind the log: try again soon.');
  }

  /** The next page of the log; a log that cannot be read for a while is waited for. */
  async #pageBehind(after: Position): Promise<LogPage> {
    for (;;) {
      try {
        return await this.sources.reader.readAll({ after, limit: PAGE });
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        await pause(REST_MILLISECONDS);
      }
    }
  }

  close(): void {
    this.#write();
    this.sources.index.close();
  }

  #requireIndex(): void {
    if (this.#failure === null) return;
    throw new StoreUnavailable(`The index of event ids fails: ${this.#failure.message}`, {
      cause: this.#failure,
    });
  }

  /** A failure, such as a full disk, is told to whoever asks from then on. */
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

/** Where an index goes on: at the start of the log where it was made from another one. */
async function startOf(index: EventIdIndex, reads: KnownIdsSources['reads']): Promise<Position> {
  const upTo = index.upTo();
  if (upTo === null) return START;
  const event = await reads.at(upTo.position);
  if (event?.id === upTo.id) return upTo.position;
  index.clear();
  return START;
}
