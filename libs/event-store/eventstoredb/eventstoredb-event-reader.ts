import { LRUCache } from 'lru-cache';
import {
  StoreUnavailable,
  type EventReader,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  type StreamHead,
  type SubscribeOptions,
} from '../event-store.js';
import { sleep } from '../sleep.js';
import { parseEventStoreUrl } from './address.js';
import type { Connection } from './connection.js';
import type { ReceivedEvent } from './received-event.js';
import { LiveFeed } from './live-feed.js';
import { LogReads } from './log-reads.js';
import { SharedWork } from './shared-work.js';
import { checkedBeforeUse } from './start-checks.js';

export interface EventStoreDbOptions {
  /** The connection string. */
  readonly url: string;
  /** How often a silent subscription is checked. @default 2,000 */
  readonly checkIntervalMs?: number;
}

/** How many events are read at once. */
const CHUNK_EVENTS = 500;

/** Up to this number, events are counted exactly. */
const EXACT_COUNT_EVENTS = 500;

/** How long a new follower waits for the feed to reach the end of the log. */
const CATCH_UP_TIMEOUT_MS = 1_000;

/** How long a follower waits after a failed read. */
const RETRY_DELAY_MS = 500;

/**
 * After a page that is not full, a follower pauses one millisecond per event,
 * within these bounds. A single event is passed on at once; under load pages grow,
 * and a large page costs little more than a small one.
 */
const MIN_PAUSE_MS = 20;
const MAX_PAUSE_MS = 100;

/** How many stream heads are cached. */
const CACHED_HEADS = 50_000;

/** Reads a log in EventStoreDB. It returns only events that the leader has acknowledged. */
export class EventStoreDbEventReader implements EventReader {
  protected readonly connection: Connection;
  protected readonly feed: LiveFeed;
  protected readonly reads: LogReads;
  readonly #heads = new LRUCache<string, StreamHead>({ max: CACHED_HEADS });
  readonly #head = new SharedWork(() => this.reads.head(this.feed.reached));

  protected constructor(connection: Connection, { checkIntervalMs }: EventStoreDbOptions) {
    this.connection = connection;
    this.reads = new LogReads(connection);
    this.feed = new LiveFeed({
      connection,
      head: () => this.headPosition(),
      seen: (event) => {
        this.received(event);
      },
      ...(checkIntervalMs === undefined ? {} : { checkIntervalMs }),
    });
  }

  /** @throws Error with the reason and the remedy if the log cannot be read. */
  static async open(options: EventStoreDbOptions): Promise<EventStoreDbEventReader> {
    const connection = await checkedBeforeUse(parseEventStoreUrl(options.url), 'to read');
    const reader = new EventStoreDbEventReader(connection, options);
    await reader.feed.start();
    return reader;
  }

  async readStream(stream: string, options: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    const events = await this.reads.stream(stream, options);
    for (const { revision, hash, damage } of events)
      if (damage === undefined) this.sawHead(stream, { revision, hash });
    return events;
  }

  async readAll({ after, limit }: ReadAllOptions): Promise<readonly RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    const size = Math.min(limit, CHUNK_EVENTS);
    let from = after;
    for (;;) {
      const places = await this.reads.behind(from, size);
      events.push(...places.flatMap(({ event }) => event ?? []));
      const last = places.at(-1);
      if (events.length >= limit || last === undefined || places.length < size)
        return events.slice(0, limit);
      from = last.position;
    }
  }

  /** Pages that are not full are paced. */
  async *subscribeToAll({
    signal,
    ...options
  }: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]> {
    let { after } = options;
    let due = 0;
    await this.#letFeedCatchUp();
    while (!signal.aborted) {
      // The wait starts before the read, so that an event during the read is not missed.
      const wait = this.feed.wait(signal);
      try {
        const events = await this.#pageAfter({ ...options, after });
        const last = events.at(-1);
        const early = due - performance.now();
        if (last === undefined) {
          await wait.ended;
        } else if (early > 0 && events.length < options.limit) {
          wait.end();
          await sleep(early, signal);
        } else {
          wait.end();
          after = last.position;
          due = performance.now() + pauseAfter(events.length);
          yield events;
        }
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        await sleep(RETRY_DELAY_MS, signal);
      } finally {
        wait.end();
      }
    }
  }

  async eventAt(position: Position): Promise<RecordedEvent | null> {
    const event = await this.reads.at(position);
    return event?.position === position ? event : null;
  }

  headPosition(): Promise<Position> {
    return this.#head.run();
  }

  /** Positions are byte offsets: of many events, the count is estimated from the size of the first. */
  async countAfter(position: Position): Promise<number> {
    const events = await this.readAll({ after: position, limit: EXACT_COUNT_EVENTS });
    const [first, last] = [events[0], events.at(-1)];
    if (first === undefined || last === undefined || events.length < EXACT_COUNT_EVENTS)
      return events.length;
    const apart = Number(last.position - first.position) / (events.length - 1);
    const left = Number((await this.headPosition()) - last.position);
    return events.length + Math.round(left / apart);
  }

  async close(): Promise<void> {
    await this.feed.stop();
    await this.connection.close();
  }

  /** The hash of an event, if it is cached. */
  protected knownHash(stream: string, revision: number): string | undefined {
    const head = this.#heads.get(stream);
    return head?.revision === revision ? head.hash : undefined;
  }

  protected sawHead(stream: string, head: StreamHead): void {
    const before = this.#heads.get(stream);
    if (before === undefined || before.revision <= head.revision) this.#heads.set(stream, head);
  }

  /** Called for every event that the subscription brings. */
  protected received({ place: { stream, revision }, hash }: ReceivedEvent): void {
    this.sawHead(stream, { revision, hash });
  }

  async #pageAfter(options: ReadAllOptions): Promise<readonly RecordedEvent[]> {
    const { after, limit } = options;
    return this.feed.covers(after) ? this.feed.page(after, limit) : this.readAll(options);
  }

  /** So that existing events come in full pages. */
  async #letFeedCatchUp(): Promise<void> {
    try {
      await this.feed.until(await this.headPosition(), CATCH_UP_TIMEOUT_MS);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }
}

const pauseAfter = (events: number): number =>
  Math.min(Math.max(events, MIN_PAUSE_MS), MAX_PAUSE_MS);
