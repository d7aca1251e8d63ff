/**
 * The port to the event log. Adapters: `sqlite/`, `eventstoredb/`, `memory/`. What they have to keep is in
 * `event-store.contract.ts`, which each of them passes.
 */

/** A place in the whole log. Later events have greater positions; gaps mean nothing. */
export type Position = bigint;

/** Before the first event. */
export const START: Position = -1n;

export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export type JsonObject = { readonly [key: string]: Json };

/** An event as it is handed to the store: stored type and version, not the domain's. */
export interface EventToAppend {
  /** A UUID. An id that is on the log already is never appended again. */
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  /** ISO 8601 in UTC; given by the command, never by the store. */
  readonly at: string;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
}

/** An event as the log has it. */
export interface RecordedEvent extends EventToAppend {
  readonly stream: string;
  /** Its place in its stream, from 0, without gaps. */
  readonly revision: number;
  readonly position: Position;
  /** The hash of the event before it in its stream; of the first event, 64 zeros. */
  readonly previousHash: string;
  /** SHA-256 over the event's canonical JSON, in hexadecimal; see `integrity/chain.ts`. */
  readonly hash: string;
}

/** Where a stream ends: what a writer has seen, and expects still to be so. */
export interface StreamHead {
  readonly revision: number;
  readonly hash: string;
}

/** The head of a stream that does not exist. */
export const NO_STREAM: StreamHead = { revision: -1, hash: '0'.repeat(64) };

export interface Appended {
  readonly head: StreamHead;
  /** The position of the last event appended. */
  readonly position: Position;
  /** True where the same events were on the log already: nothing was appended now. */
  readonly repeated: boolean;
}

export interface ReadStreamOptions {
  /** The first revision to read; by default the first there is in that direction. */
  readonly from?: number;
  readonly direction?: 'forwards' | 'backwards';
  /** At most so many events. */
  readonly limit: number;
}

export interface ReadAllOptions {
  /** Only events behind this position. */
  readonly after: Position;
  /** Only events of these stored types; all where it is left out. */
  readonly types?: readonly string[];
  /** At most so many events. */
  readonly limit: number;
}

export interface LogPage {
  readonly events: readonly RecordedEvent[];
  /** How far this page reaches: past events of other types, too. Go on from here. */
  readonly position: Position;
}

export interface SubscribeOptions extends ReadAllOptions {
  /** Ends the subscription. */
  readonly signal: AbortSignal;
}

export interface EventReader {
  readStream(stream: string, options: ReadStreamOptions): Promise<readonly RecordedEvent[]>;
  readAll(options: ReadAllOptions): Promise<LogPage>;
  /** Catches up from a position, then goes on live: pages in order, without gap or repeat. */
  subscribeToAll(options: SubscribeOptions): AsyncIterable<LogPage>;
  /** The position of the last event, or START. */
  headPosition(): Promise<Position>;
  /** How many events are behind a position: about, where that would mean to read very many. */
  countAfter(position: Position): Promise<number>;
  close(): Promise<void>;
}

export interface AppendOptions {
  /**
   * The ids are derived from what a caller sent, so that another process may be appending events
   * with the same ids at this moment. By default they are new, and nobody else has them.
   */
  readonly derivedIds?: boolean;
}

export interface EventStore extends EventReader {
  /** The event with this id, wherever it is, or null. Whatever was answered before is found. */
  findEvent(id: string): Promise<RecordedEvent | null>;
  /**
   * Appends events to one stream, all or none. Resolves once they are durable.
   *
   * @throws WrongExpectedRevision where the stream's head is another than expected, unless these
   *   very events stand right behind the expected head: then it answers as it did the first time.
   * @throws EventIdTaken where an event with one of the ids is on the log elsewhere, or the same id
   *   comes twice.
   * @throws StoreUnavailable where the store cannot say: the events may or may not be on the log.
   */
  append(
    stream: string,
    expected: StreamHead,
    events: readonly EventToAppend[],
    options?: AppendOptions,
  ): Promise<Appended>;
}

export class WrongExpectedRevision extends Error {
  override readonly name = 'WrongExpectedRevision';
  constructor(stream: string, expected: StreamHead) {
    super(`Stream ${stream} does not end at revision ${expected.revision} as expected.`);
  }
}

export class EventIdTaken extends Error {
  override readonly name = 'EventIdTaken';
  constructor(stream: string) {
    super(`An event that was to be appended to ${stream} has an id that is on the log already.`);
  }
}

export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}
