/** A client package under test, and its differences from the other one. */
export interface ClientPackage {
  readonly name: string;
  /** Whether reads of `$all` can be filtered. */
  readonly filtersReads: boolean;
  /** Whether it always reads backwards from the end and forwards from the start. */
  readonly turnsReads: boolean;
  /** The precision of event times in its reads, in milliseconds. */
  readonly createdPrecision: number;
  connect(url: string): Subject;
}

/** The interface of a client, independent of both packages. */
export interface Subject {
  append(
    stream: string,
    events: readonly NewEvent[],
    expected: Expected,
    options?: AppendOptions,
  ): Promise<Appended>;
  readStream(stream: string, options?: ReadStreamOptions): Promise<ReadEvent[]>;
  readAll(options?: ReadAllOptions): Promise<ReadEvent[]>;
  subscribeToAll(options?: SubscribeOptions): Follower;
  subscribeToStream(stream: string, fromRevision: bigint | 'start' | 'end'): Follower;
  delete(stream: string, expected: Exclude<Expected, 'stream_exists'>): Promise<void>;
  tombstone(stream: string, expected: Exclude<Expected, 'stream_exists'>): Promise<void>;
  setMetadata(stream: string, metadata: Metadata): Promise<void>;
  getMetadata(stream: string): Promise<Readonly<Record<string, unknown>>>;
  dispose(): Promise<void>;
}

export type Expected = bigint | 'any' | 'no_stream' | 'stream_exists';

export interface Position {
  readonly commit: bigint;
  readonly prepare: bigint;
}

export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>> | Uint8Array;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

export interface Appended {
  readonly revision: bigint;
  readonly position: Position;
}

export interface ReadEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
  readonly created: Date;
  readonly position: Position | undefined;
}

export interface AppendOptions {
  readonly credentials?: { readonly username: string; readonly password: string };
  readonly requiresLeader?: boolean;
  /** The maximum number of bytes of events in one message of the protocol. */
  readonly batchAppendSize?: number;
}

export interface ReadStreamOptions {
  readonly fromRevision?: bigint | 'start' | 'end';
  readonly direction?: 'forwards' | 'backwards';
  readonly maxCount?: number;
}

export interface ReadAllOptions {
  readonly fromPosition?: Position | 'start' | 'end';
  readonly direction?: 'forwards' | 'backwards';
  readonly maxCount?: number;
  readonly filter?: Filter;
}

export interface Filter {
  readonly on: 'stream' | 'type';
  readonly prefixes?: readonly string[];
  readonly regex?: string;
  readonly checkpointInterval?: number;
  readonly maxSearchWindow?: number;
}

export interface SubscribeOptions {
  readonly fromPosition?: Position | 'start' | 'end';
  readonly filter?: Filter;
}

/** The messages of a subscription so far. */
export interface Follower {
  readonly events: ReadEvent[];
  readonly checkpoints: Position[];
  /** The number of `caughtUp` messages. */
  caughtUp: number;
  confirmed: boolean;
  error: unknown;
  unsubscribe(): Promise<void>;
}

export interface Metadata {
  readonly maxCount?: number;
  readonly maxAge?: number;
  readonly truncateBefore?: number | 'start' | 'end';
  readonly [key: string]: unknown;
}
