import { LRUCache } from 'lru-cache';
import {
  StoreUnavailable,
  type EventReader,
  type LogPage,
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
import type { HeardEvent } from './heard-event.js';
import { LiveFeed } from './live-feed.js';
import { LogReads } from './log-reads.js';
import { SharedWork } from './shared-work.js';
import { checkedBeforeUse } from './start-checks.js';

export interface EventStoreDbOptions {
  /** The connection string. */
  readonly url: string;
  /** How often a subscription that says nothing is looked at, in milliseconds. */
  readonly lookMilliseconds?: number;
}

/** So many events of the log are looked at for one page where only some types are asked for. */
const CHUNK = 500;

/** So many events are counted one by one. */
const COUNTED = 500;

/** How long a follower waits until its feed has what is on the log already. */
const CATCH_UP_MILLISECONDS = 1_000;

/** How long a follower rests when the log cannot be read. */
const REST_MILLISECONDS = 500;

/**
 * Behind a page that is not full a follower rests as many milliseconds as there were events in it,
 * within these bounds. An event that comes alone is handed on at once; under load pages are larger,
 * and a large one costs whoever takes it little more.
 */
const SHORTEST_PACE = 20;
const LONGEST_PACE = 100;

/** The heads of so many streams are kept, as they were last seen. */
const KEPT_HEADS = 50_000;

/** Reads a log in EventStoreDB. What it sees was acknowledged by the leader. */
export class EventStoreDbEventReader implements EventReader {
  protected readonly connection: Connection;
  protected readonly feed: LiveFeed;
  protected readonly reads: LogReads;
  readonly #heads = new LRUCache<string, StreamHead>({ max: KEPT_HEADS });
  readonly #head = new SharedWork(() => this.reads.head(this.feed.reached));

  protected constructor(connection: Connection, { lookMilliseconds }: EventStoreDbOptions) {
    this.connection = connection;
    this.reads = new LogReads(connection);
    this.feed = new LiveFeed({
      connection,
      head: () => this.headPosition(),
      seen: (event) => {
        this.heard(event);
      },
      ...(lookMilliseconds === undefined ? {} : { lookMilliseconds }),
    });
  }

  /** @throws Error with what is wrong and what to do, where the log cannot be read. */
  static async open(options: EventStoreDbOptions): Promise<EventStoreDbEventReader> {
    const connection = await checkedBeforeUse(parseEventStoreUrl(options.url), 'to read');
    const reader = new EventStoreDbEventReader(connection, options);
    await reader.feed.start();
    return reader;
  }

  async readStream(stream: string, options: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    const events = await this.reads.stream(stream, options);
    for (const { revision, hash } of events) this.saw(stream, { revision, hash });
    return events;
  }

  async readAll({ after, types, limit }: ReadAllOptions): Promise<LogPage> {
    const events: RecordedEvent[] = [];
    let position = after;
    let from = after;
    const size = types === undefined ? Math.min(limit, CHUNK) : CHUNK;
    for (;;) {
      const places = await this.reads.behind(from, size);
      for (const { event } of places) {
        if (event === null) continue;
        position = event.position;
        if (types === undefined || types.includes(event.type)) events.push(event);
        if (events.length === limit) return { events, position };
      }
      const last = places.at(-1);
      // A page may be short as long as it moved on: who reads goes on behind it.
      if (last === undefined || places.length < size) return { events, position };
      if (types !== undefined && position > after) return { events, position };
      from = last.position;
    }
  }

  /** Pages that are not full come no faster than at a pace. */
  async *subscribeToAll({ signal, ...options }: SubscribeOptions): AsyncIterable<LogPage> {
    let { after } = options;
    let due = 0;
    await this.#letFeedCatchUp();
    while (!signal.aborted) {
      // Asleep before the look, so that what comes during it still wakes us.
      const wait = this.feed.wait(signal);
      try {
        const page = await this.#pageBehind({ ...options, after });
        const early = due - performance.now();
        if (page.position > after && early > 0 && page.events.length < options.limit) {
          wait.end();
          await sleep(early, signal);
        } else if (page.position > after) {
          wait.end();
          after = page.position;
          due = performance.now() + paceBehind(page);
          yield page;
        } else {
          await wait.ended;
        }
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        await sleep(REST_MILLISECONDS, signal);
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

  /** Positions are offsets in bytes: of many events, those right behind tell how far apart they are. */
  async countAfter(position: Position): Promise<number> {
    const { events } = await this.readAll({ after: position, limit: COUNTED });
    const [first, last] = [events[0], events.at(-1)];
    if (first === undefined || last === undefined || events.length < COUNTED) return events.length;
    const apart = Number(last.position - first.position) / (events.length - 1);
    const left = Number((await this.headPosition()) - last.position);
    return events.length + Math.round(left / apart);
  }

  async close(): Promise<void> {
    await this.feed.stop();
    await this.connection.close();
  }

  /** The hash of an event, where it is known without asking. */
  protected knownHash(stream: string, revision: number): string | undefined {
    const head = this.#heads.get(stream);
    return head?.revision === revision ? head.hash : undefined;
  }

  protected saw(stream: string, head: StreamHead): void {
    const before = this.#heads.get(stream);
    if (before === undefined || before.revision <= head.revision) this.#heads.set(stream, head);
  }

  /** Is told of every event as it comes. */
  protected heard({ place: { stream, revision }, hash }: HeardEvent): void {
    this.saw(stream, { revision, hash });
  }

  #pageBehind(options: ReadAllOptions): Promise<LogPage> | LogPage {
    const { after, types, limit } = options;
    return this.feed.covers(after) ? this.feed.page(after, types, limit) : this.readAll(options);
  }

  /** So that what is on the log already comes in full pages. */
  async #letFeedCatchUp(): Promise<void> {
    try {
      await this.feed.until(await this.headPosition(), CATCH_UP_MILLISECONDS);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }
}

const paceBehind = ({ events }: LogPage): number =>
  Math.min(Math.max(events.length, SHORTEST_PACE), LONGEST_PACE);
