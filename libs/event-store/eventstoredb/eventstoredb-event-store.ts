import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  EventIdTaken,
  NO_STREAM,
  StoreUnavailable,
  WrongExpectedRevision,
  type AppendOptions,
  type Appended,
  type EventStore,
  type EventToAppend,
  type RecordedEvent,
  type StreamHead,
} from '../event-store.js';
import { parseEventStoreUrl } from './address.js';
import { AppendChannel } from './append-channel.js';
import type { AppendAnswer, AppendToSend } from './append-messages.js';
import type { Connection } from './connection.js';
import { unavailable } from './errors.js';
import { EventIdIndex } from './event-id-index.js';
import { EventStoreDbEventReader, type EventStoreDbOptions } from './eventstoredb-event-reader.js';
import type { HeardEvent } from './heard-event.js';
import { IdsUnderWay } from './ids-under-way.js';
import { KnownIds } from './known-ids.js';
import { eventsToSend } from './records.js';
import { Slots } from './slots.js';
import { checkedBeforeUse } from './start-checks.js';

export interface EventStoreDbStoreOptions extends EventStoreDbOptions {
  /** The data folder: the index of event ids, `event-ids.db`, is made in it. */
  readonly folder: string;
  /** Receives a message now and then while the index of event ids catches up at start. */
  readonly onProgress?: (message: string) => void;
  /** At most so many appends are under way at once. */
  readonly atOnce?: number;
  /** At most so many more wait for their turn. */
  readonly longestQueue?: number;
}

/** How long an append is tried, and how long one attempt may take, in milliseconds. */
const PATIENCE = 5_000;
const ATTEMPT = 2_000;
const REST_MILLISECONDS = 50;

const AT_ONCE = 512;
const LONGEST_QUEUE = 10_000;

/** How long the answer of an append waits to see its event on the feed, before it reads it. */
const SEEN_MILLISECONDS = 250;

/** The log in EventStoreDB. What is answered was acknowledged by the leader and its followers. */
export class EventStoreDbEventStore extends EventStoreDbEventReader implements EventStore {
  readonly #channel: AppendChannel;
  readonly #slots: Slots;
  readonly #underWay = new IdsUnderWay();
  #ids: KnownIds | null = null;

  private constructor(connection: Connection, options: EventStoreDbStoreOptions) {
    super(connection, options);
    this.#channel = new AppendChannel(connection);
    const { atOnce = AT_ONCE, longestQueue = LONGEST_QUEUE } = options;
    this.#slots = new Slots(atOnce, longestQueue, PATIENCE);
  }

  /**
   * Opens the log, and brings the index of event ids up to date.
   *
   * @throws Error with what is wrong and what to do, where it cannot be read or written.
   */
  static override async open(options: EventStoreDbStoreOptions): Promise<EventStoreDbEventStore> {
    const connection = await checkedBeforeUse(parseEventStoreUrl(options.url), 'to append');
    const store = new EventStoreDbEventStore(connection, options);
    await store.feed.start();
    const index = new EventIdIndex(join(options.folder, 'event-ids.db'));
    const { reads, feed } = store;
    store.#ids = new KnownIds({ index, reader: store, reads, feed });
    await store.#ids.catchUp(options.onProgress ?? (() => undefined));
    return store;
  }

  protected override heard(event: HeardEvent): void {
    super.heard(event);
    this.#ids?.heard(event.place.id, event.position);
  }

  append(
    stream: string,
    expected: StreamHead,
    events: readonly EventToAppend[],
    { derivedIds = false }: AppendOptions = {},
  ): Promise<Appended> {
    const ids = events.map(({ id }) => id);
    if (new Set(ids).size < ids.length) return Promise.reject(new EventIdTaken(stream));
    const append = {
      ids,
      stream,
      expected,
      expectedRevision: expected.revision,
      events: eventsToSend(stream, expected, events),
      derivedIds,
    };
    return this.#underWay.run(ids, () => this.#append(append));
  }

  async findEvent(id: string): Promise<RecordedEvent | null> {
    // What was answered before this question is on the log: the index has to know it.
    await this.#known.upTo(await this.headPosition());
    const position = this.#known.positionOf(id);
    if (position === null) return null;
    const event = await this.reads.at(position);
    if (event?.id === id) return event;
    throw new StoreUnavailable(
      `The index of event ids does not fit the log at ${position}. Stop the service, remove event-ids.db from the data folder, and start it: it is made again.`,
    );
  }

  override async close(): Promise<void> {
    await this.#underWay.over();
    this.#channel.close();
    await super.close();
    this.#ids?.close();
  }

  get #known(): KnownIds {
    if (this.#ids === null) throw new StoreUnavailable('The log is not open yet.');
    return this.#ids;
  }

  async #append(append: Append): Promise<Appended> {
    const { ids, stream, expected } = append;
    const known = ids.some((id) => this.#known.has(id));
    if (known || !(await this.#isExpected(stream, expected))) return this.#answerFromLog(append);
    const answer = await this.#slots.run(() => this.#send(append));
    if (answer.kind === 'wrong_expected_revision') return this.#answerFromLog(append);
    this.#known.appended(ids, answer.position);
    return this.#answerOf(append, answer);
  }

  /** Whether the event that is expected to be the last has the hash that is expected. */
  async #isExpected(stream: string, { revision, hash }: StreamHead): Promise<boolean> {
    if (revision === NO_STREAM.revision) return hash === NO_STREAM.hash;
    const known = this.knownHash(stream, revision);
    if (known !== undefined) return known === hash;
    const [event] = await this.readStream(stream, { from: revision, limit: 1 });
    return event?.hash === hash;
  }

  /** An append is tried until there is an answer: with the same ids it is done once, however often. */
  async #send(append: AppendToSend): Promise<AppendAnswer> {
    const deadline = performance.now() + PATIENCE;
    for (let attempt = 1; ; attempt++) {
      try {
        const left = deadline - performance.now();
        return await this.#channel.send(append, Math.min(left, ATTEMPT));
      } catch (error) {
        const rest = REST_MILLISECONDS * attempt;
        if (isRefusal(error) || performance.now() + rest >= deadline) {
          throw unavailable('written to', error);
        }
        await pause(rest);
      }
    }
  }

  /**
   * The server answers the same where another process has just appended events with these ids. Its
   * content may be another, so where that can be it is what is on the log that counts.
   */
  async #answerOf(
    append: Append,
    { position }: Extract<AppendAnswer, { kind: 'appended' }>,
  ): Promise<Appended> {
    const { stream, expected, events, derivedIds } = append;
    const revision = expected.revision + events.length;
    const { hash } = events.at(-1) ?? expected;
    if (position === null) return this.#ownOnLog(append, hash);
    if (derivedIds) {
      await this.feed.until(position, SEEN_MILLISECONDS);
      if (this.knownHash(stream, revision) !== hash) return this.#ownOnLog(append, hash);
    } else {
      this.saw(stream, { revision, hash });
    }
    return { head: { revision, hash }, position, repeated: false };
  }

  /** What stands behind the expected head, after the server said that these ids do. */
  async #ownOnLog(append: Append, hash: string): Promise<Appended> {
    const answer = await this.#answerFromLog(append);
    return { ...answer, repeated: answer.head.hash !== hash };
  }

  /** Answers from what is on the log: these very events, or others. */
  async #answerFromLog({ stream, expected, events }: Append): Promise<Appended> {
    const from = expected.revision + 1;
    const there = await this.readStream(stream, { from, limit: events.length });
    const last = there.at(-1);
    const same =
      there.length === events.length && there.every(({ id }, index) => id === events[index]?.id);
    if (last !== undefined && same) {
      const head = { revision: last.revision, hash: last.hash };
      return { head, position: last.position, repeated: true };
    }
    const isHead = last === undefined && (await this.#isHead(stream, expected));
    throw isHead ? new EventIdTaken(stream) : new WrongExpectedRevision(stream, expected);
  }

  async #isHead(stream: string, expected: StreamHead): Promise<boolean> {
    const [last = NO_STREAM] = await this.readStream(stream, { direction: 'backwards', limit: 1 });
    return last.revision === expected.revision && last.hash === expected.hash;
  }
}

interface Append extends AppendToSend {
  readonly ids: readonly string[];
  readonly expected: StreamHead;
  readonly derivedIds: boolean;
}

/** What the server will say again, however often it is asked. */
const isRefusal = (error: unknown): boolean =>
  ['access-denied', 'stream-deleted', 'maximum-append-size-exceeded', 'invalid-argument'].includes(
    (error as { type?: string }).type ?? '',
  );
