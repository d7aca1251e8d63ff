/**
 * The port to the event log. Adapters: `sqlite/`, `eventstoredb/`, `memory/`. Each passes the
 * contract in `event-store.contract.ts`.
 */

/** A position in the whole log. Later events have greater positions; there may be gaps. */
export type Position = bigint;

/** The position before the first event. */
export const START: Position = -1n;

export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export type JsonObject = { readonly [key: string]: Json };

declare const stored: unique symbol;

/**
 * The data of an event in the log, in the version in which it was stored. Only the codec reads it
 * (`codec/decode.ts`); other code may only pass it on unchanged.
 */
export interface StoredData {
  readonly [stored]: true;
}

/** An event to append, with its stored type and version, not the domain's. */
export interface EventToAppend {
  /** A UUID. The store never appends an id twice. */
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  /** ISO 8601 in UTC. Set by the command, not by the store. */
  readonly at: string;
  readonly data: JsonObject | StoredData;
  readonly metadata: JsonObject;
}

/** An event in the log. */
export interface RecordedEvent extends EventToAppend {
  readonly data: StoredData;
  readonly stream: string;
  /** The event's number in its stream, from 0, without gaps. */
  readonly revision: number;
  readonly position: Position;
  /** The hash of the stream's previous event; 64 zeros for the first event. */
  readonly previousHash: string;
  /** SHA-256 over the event's canonical JSON, in hexadecimal; see `integrity/chain.ts`. */
  readonly hash: string;
  /**
   * What is wrong with the stored record, such as "was altered"; absent if it is intact. Every store
   * verifies each record that it reads. The codec refuses a damaged one, whose members are empty
   * except for its place.
   */
  readonly damage?: string;
}

/** The last event of a stream, as a writer has seen it and expects it to be. */
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
  /** True if the same events were in the log already, so that nothing was appended. */
  readonly repeated: boolean;
}

export interface ReadStreamOptions {
  /** The first revision to read. @default the stream's first in that direction */
  readonly from?: number;
  /** @default 'forwards' */
  readonly direction?: 'forwards' | 'backwards';
  /** The maximum number of events. */
  readonly limit: number;
}

export interface ReadAllOptions {
  /** Only events after this position. */
  readonly after: Position;
  /** The maximum number of events. */
  readonly limit: number;
}

export interface SubscribeOptions extends ReadAllOptions {
  /** Ends the subscription. */
  readonly signal: AbortSignal;
}

export abstract class EventReader {
  abstract readStream(
    stream: string,
    options: ReadStreamOptions,
  ): Promise<readonly RecordedEvent[]>;
  /** The events after a position, in the order of the log; none at its end. */
  abstract readAll(options: ReadAllOptions): Promise<readonly RecordedEvent[]>;
  /** Catches up from a position, then follows live: pages in order, without gaps or repeats. */
  abstract subscribeToAll(options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]>;
  /** The event at a position, or null if there is none. */
  abstract eventAt(position: Position): Promise<RecordedEvent | null>;
  /** The position of the last event, or `START` for an empty log. */
  abstract headPosition(): Promise<Position>;
  /** The number of events after a position; an estimate if counting would read very many. */
  abstract countAfter(position: Position): Promise<number>;
  abstract close(): Promise<void>;
}

export interface AppendOptions {
  /**
   * The ids are derived from a caller's idempotency key, so another process may append events with
   * the same ids at the same time.
   *
   * @default false: the ids are new and unique
   */
  readonly derivedIds?: boolean;
}

export abstract class EventStore extends EventReader {
  /** Why appends are refused at the moment; null if they are accepted. */
  abstract get refusal(): StoreUnavailable | null;
  /**
   * Checks whether an append would succeed, without one. Writes only if the last append failed.
   *
   * @throws StoreUnavailable with the reason if it would fail
   */
  abstract checkAppends(): Promise<void>;
  /** The event with this id in any stream, or null. Finds every event acknowledged before the call. */
  abstract findEvent(id: string): Promise<RecordedEvent | null>;
  /**
   * Appends events to one stream, all or none. Resolves once they are durable.
   *
   * @throws WrongExpectedRevision if the stream's head is not the expected one. If the same events
   *   follow the expected head already, it returns the first answer instead.
   * @throws EventIdTaken if an id is in the log elsewhere, or occurs twice in the append.
   * @throws StoreUnavailable if the outcome is unknown: the events may or may not be in the log.
   */
  abstract append(
    stream: string,
    expected: StreamHead,
    events: readonly EventToAppend[],
    options?: AppendOptions,
  ): Promise<Appended>;
}

export class WrongExpectedRevision extends Error {
  override readonly name = 'WrongExpectedRevision';
  constructor(stream: string, expected: StreamHead) {
    super(`Stream ${stream} does not end at the expected revision ${expected.revision}.`);
  }
}

export class EventIdTaken extends Error {
  override readonly name = 'EventIdTaken';
  constructor(stream: string) {
    super(`An event for stream ${stream} has an id that is in the log already.`);
  }
}

export class StoreUnavailable extends Error {
  override readonly name: string = 'StoreUnavailable';
}
