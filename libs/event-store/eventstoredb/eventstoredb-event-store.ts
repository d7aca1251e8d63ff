import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  EventIdTaken,
  NO_STREAM,
  START,
  StoreUnavailable,
  WrongExpectedRevision,
  type AppendOptions,
  type Appended,
  type EventReader,
  type EventStore,
  type EventToAppend,
  type RecordedEvent,
  type StreamHead,
} from '../event-store.js';
import { DELETED, HistoryDamaged } from '../history.js';
import { acceptsLoss, AppendsRefused } from '../log-loss.js';
import { LogMark } from '../log-mark.js';
import { AcknowledgedLog } from './acknowledged-log.js';
import { parseEventStoreUrl } from './address.js';
import { AppendChannel } from './append-channel.js';
import type { AppendAnswer, AppendToSend } from './append-messages.js';
import type { Connection } from './connection.js';
import { typeOf, unavailable } from './errors.js';
import { EventIdIndex } from './event-id-index.js';
import { EventStoreDbEventReader, type EventStoreDbOptions } from './eventstoredb-event-reader.js';
import type { ReceivedEvent } from './received-event.js';
import { IdsInFlight } from './ids-in-flight.js';
import { KnownIds, type PageReader } from './known-ids.js';
import { eventsToSend } from './records.js';
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

/** How long an append is retried, how long one attempt may take, and the pause between attempts. */
const APPEND_TIMEOUT_MS = 5_000;
const ATTEMPT_TIMEOUT_MS = 2_000;
const RETRY_DELAY_MS = 50;

const MAX_CONCURRENT = 512;
const MAX_QUEUED = 10_000;

/** How long a failed append counts against the health, unless another one succeeds. */
const FAILURE_COUNTS_MS = 10_000;

/** How long an append waits for its event on the feed before it reads it. */
const SEEN_TIMEOUT_MS = 250;

/** A log in EventStoreDB. An append resolves when the leader and its followers have it. */
export class EventStoreDbEventStore extends EventStoreDbEventReader implements EventStore {
  /** The failure of the last append, and when it was; null after one that succeeded. */
  #failure: { readonly error: StoreUnavailable; readonly at: number } | null = null;
  readonly #channel: AppendChannel;
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
    this.#channel = new AppendChannel(connection, () => this.#acknowledged.verify());
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

  /**
   * A server that answers no read accepts no append. For one that does, only an append can show it: the
   * outcome of the last one counts for a while.
   */
  async checkAppends(): Promise<void> {
    await this.headPosition();
    await this.#channel.open();
    const failure = this.#failure;
    if (failure !== null && performance.now() - failure.at <= FAILURE_COUNTS_MS)
      throw failure.error;
  }

  override async close(): Promise<void> {
    await this.#inFlight.settled();
    this.#channel.close();
    await this.#ids.close();
    this.#acknowledged.close();
    await super.close();
  }

  async #append(append: Append): Promise<Appended> {
    const { ids, stream, expected } = append;
    const known = ids.some((id) => this.#ids.has(id));
    if (known || !(await this.#isExpected(stream, expected))) return this.#answerFromLog(append);
    const answer = await this.#slots.run(() => this.#observed(append));
    if (answer.kind === 'wrong_expected_revision') return this.#answerFromLog(append);
    this.#ids.appended(ids, answer.position);
    const appended = await this.#answerOf(append, answer);
    await this.#acknowledged.acknowledging(appended.position, appended.head.hash);
    return appended;
  }

  async #observed(append: Append): Promise<AppendAnswer> {
    try {
      const answer = await this.#send(append);
      this.#failure = null;
      return answer;
    } catch (error) {
      if (error instanceof StoreUnavailable) this.#failure = { error, at: performance.now() };
      throw error;
    }
  }

  /** Whether the event at the expected revision has the expected hash. */
  async #isExpected(stream: string, { revision, hash }: StreamHead): Promise<boolean> {
    if (revision === NO_STREAM.revision) return hash === NO_STREAM.hash;
    const known = this.knownHash(stream, revision);
    if (known !== undefined) return known === hash;
    const [event] = await this.readStream(stream, { from: revision, limit: 1 });
    return event?.hash === hash;
  }

  /** Retries an append until it is answered: with the same ids it takes effect once. */
  async #send(append: AppendToSend): Promise<AppendAnswer> {
    const deadline = performance.now() + APPEND_TIMEOUT_MS;
    for (let attempt = 1; ; attempt++) {
      try {
        const left = deadline - performance.now();
        return await this.#channel.send(append, Math.min(left, ATTEMPT_TIMEOUT_MS));
      } catch (error) {
        if (typeOf(error) === 'stream-deleted') throw deleted(append.stream);
        const rest = RETRY_DELAY_MS * attempt;
        if (isRefusal(error) || performance.now() + rest >= deadline) {
          throw unavailable('written to', error);
        }
        await pause(rest);
      }
    }
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
    if (position === null) return this.#ownOnLog(append, hash);
    if (derivedIds) {
      await this.feed.until(position, SEEN_TIMEOUT_MS);
      if (this.knownHash(stream, revision) !== hash) return this.#ownOnLog(append, hash);
    } else {
      this.sawHead(stream, { revision, hash });
    }
    return { head: { revision, hash }, position, repeated: false };
  }

  /** The answer from the log, after the server reported that these ids follow the expected head. */
  async #ownOnLog(append: Append, hash: string): Promise<Appended> {
    const answer = await this.#answerFromLog(append);
    return { ...answer, repeated: answer.head.hash !== hash };
  }

  /** The answer for a head that has moved: the same events are a repeat, others a conflict. */
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

/** Whether the server would refuse every retry too. */
const isRefusal = (error: unknown): boolean =>
  error instanceof AppendsRefused ||
  ['access-denied', 'maximum-append-size-exceeded', 'invalid-argument'].includes(
    typeOf(error) ?? '',
  );

const deleted = (stream: string): HistoryDamaged =>
  new HistoryDamaged({ stream, revision: 0, position: START }, DELETED);
