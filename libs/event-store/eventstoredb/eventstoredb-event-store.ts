import { join } from 'node:path';
import {
  EventIdTaken,
  NO_STREAM,
  StoreUnavailable,
  type AppendOptions,
  type Appended,
  type EventReader,
  type EventStore,
  type EventToAppend,
  type RecordedEvent,
  type StreamHead,
} from '../event-store.js';
import { acceptsLoss, type AppendsRefused } from '../log-loss.js';
import { LogMark } from '../log-mark.js';
import { AcknowledgedLog } from './acknowledged-log.js';
import { parseEventStoreUrl } from './address.js';
import { answerFromLog, ownFromLog, type Append } from './answer-from-log.js';
import { AppendChannel } from './append-channel.js';
import type { AppendAnswer } from './append-messages.js';
import type { Connection } from './connection.js';
import { EventIdIndex } from './event-id-index.js';
import { EventStoreDbEventReader, type EventStoreDbOptions } from './eventstoredb-event-reader.js';
import type { ReceivedEvent } from './received-event.js';
import { IdsInFlight } from './ids-in-flight.js';
import { KnownIds, type PageReader } from './known-ids.js';
import { eventsToSend } from './records.js';
import { APPEND_TIMEOUT_MS, RetriedAppends } from './retried-appends.js';
import { Slots } from './slots.js';
import { checkedBeforeUse } from './start-checks.js';

export interface EventStoreDbStoreOptions extends EventStoreDbOptions {
  /** The data folder, for the index of event ids (`event-ids.db`). */
  readonly folder: string;
  /** The reader that the consumers of a log share: the index of event ids is one of them. */
  readonly readerOf: (log: EventReader) => PageReader;
  /** Receives a message now and then while the index of event ids catches up at start. */
  readonly onProgress?: (message: string) => void;
  /** Called when appends are refused, with the reason, and with null when they are accepted again. */
  readonly onRefusal?: (refusal: AppendsRefused | null) => void;
  /** The maximum number of concurrent appends. @default 512 */
  readonly maxConcurrent?: number;
  /** The maximum number of waiting appends. @default 10,000 */
  readonly maxQueued?: number;
}

const MAX_CONCURRENT = 512;
const MAX_QUEUED = 10_000;

/** How long an append waits for its event on the feed before it reads it. */
const SEEN_TIMEOUT_MS = 250;

/** A log in EventStoreDB. An append resolves when the leader and its followers have it. */
export class EventStoreDbEventStore extends EventStoreDbEventReader implements EventStore {
  readonly #appends: RetriedAppends;
  readonly #slots: Slots;
  readonly #inFlight = new IdsInFlight();
  readonly #ids: KnownIds;
  readonly #index: EventIdIndex;
  readonly #acknowledged: AcknowledgedLog;

  private constructor(connection: Connection, options: EventStoreDbStoreOptions) {
    super(connection, options);
    this.#acknowledged = new AcknowledgedLog({
      mark: new LogMark(join(options.folder, 'acknowledged-eventstoredb.mark')),
      reads: this.reads,
      onRefusal: options.onRefusal ?? (() => undefined),
    });
    this.#appends = new RetriedAppends(
      new AppendChannel(connection, () => this.#acknowledged.verify()),
    );
    const { maxConcurrent = MAX_CONCURRENT, maxQueued = MAX_QUEUED } = options;
    this.#slots = new Slots(maxConcurrent, maxQueued, APPEND_TIMEOUT_MS);
    const { reads, feed } = this;
    this.#index = new EventIdIndex(join(options.folder, 'event-ids.db'));
    this.#ids = new KnownIds({ index: this.#index, reader: options.readerOf(this), reads, feed });
  }

  /**
   * Opens the log, and brings the index of event ids up to date.
   *
   * @throws Error with the reason and the remedy if it cannot be read or written.
   */
  static override async open(options: EventStoreDbStoreOptions): Promise<EventStoreDbEventStore> {
    const connection = await checkedBeforeUse(parseEventStoreUrl(options.url), 'to append');
    const store = new EventStoreDbEventStore(connection, options);
    await store.feed.start();
    await store.#acknowledged.start(store.#index, store.feed.reached);
    await store.#ids.start(options.onProgress ?? (() => undefined));
    return store;
  }

  get refusal(): AppendsRefused | null {
    return this.#acknowledged.refusal;
  }

  protected override received(event: ReceivedEvent): void {
    super.received(event);
    this.#ids.received(event.place.id, event.position);
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
    const run = () => this.#inFlight.run(ids, () => this.#append(append));
    return acceptsLoss(events) ? this.#acknowledged.accepting(run) : run();
  }

  async findEvent(id: string): Promise<RecordedEvent | null> {
    // Every event acknowledged before this call must be in the index.
    await this.#ids.upTo(await this.headPosition());
    const position = this.#ids.positionOf(id);
    if (position === null) return null;
    const event = await this.reads.at(position);
    if (event?.id === id) return event;
    throw new StoreUnavailable(
      `The index of event ids does not match the log at position ${position}. Stop the service, remove event-ids.db from the data folder, and start it: the index is rebuilt.`,
    );
  }

  /** A server that answers no read accepts no append. */
  async checkAppends(): Promise<void> {
    await this.headPosition();
    await this.#appends.check();
  }

  override async close(): Promise<void> {
    await this.#inFlight.settled();
    this.#appends.close();
    await this.#ids.close();
    this.#acknowledged.close();
    await super.close();
  }

  async #append(append: Append): Promise<Appended> {
    const { ids, stream, expected } = append;
    const known = ids.some((id) => this.#ids.has(id));
    if (known || !(await this.#isExpected(stream, expected))) return answerFromLog(this, append);
    const answer = await this.#slots.run(() => this.#appends.send(append));
    if (answer.kind === 'wrong_expected_revision') return answerFromLog(this, append);
    this.#ids.appended(ids, answer.position);
    const appended = await this.#answerOf(append, answer);
    await this.#acknowledged.acknowledging(appended.position, appended.head.hash);
    return appended;
  }

  /** Whether the event at the expected revision has the expected hash. */
  async #isExpected(stream: string, { revision, hash }: StreamHead): Promise<boolean> {
    if (revision === NO_STREAM.revision) return hash === NO_STREAM.hash;
    const known = this.knownHash(stream, revision);
    if (known !== undefined) return known === hash;
    const [event] = await this.readStream(stream, { from: revision, limit: 1 });
    return event?.hash === hash;
  }

  /**
   * The server also reports success if another process has just appended events with these ids.
   * Their content may differ, so then the answer is what is in the log.
   */
  async #answerOf(
    append: Append,
    { position }: Extract<AppendAnswer, { kind: 'appended' }>,
  ): Promise<Appended> {
    const { stream, expected, events, derivedIds } = append;
    const revision = expected.revision + events.length;
    const { hash } = events.at(-1) ?? expected;
    if (position === null) return ownFromLog(this, append, hash);
    if (derivedIds) {
      await this.feed.until(position, SEEN_TIMEOUT_MS);
      if (this.knownHash(stream, revision) !== hash) return ownFromLog(this, append, hash);
    } else {
      this.sawHead(stream, { revision, hash });
    }
    return { head: { revision, hash }, position, repeated: false };
  }
}
