/** An event as a client proposes it. */
export interface ProposedEvent {
  /** A UUID in lower case. */
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  /** Empty where there is none. */
  readonly metadata: Uint8Array;
}

/** An event on the log. */
export interface RecordedEvent extends ProposedEvent {
  readonly streamName: string;
  readonly revision: number;
  /** Commit and prepare position alike: an offset in bytes, as in EventStoreDB's log. */
  readonly position: number;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** The message that carries it, once somebody has read it. */
  answer: Buffer | null;
}

/** The revision of a tombstone, and `$tb` of a deleted stream: the largest of 63 bits. */
export const LAST_REVISION = 2 ** 63;

/** What EventStoreDB counts towards the size of an append, in bytes. */
export const sizeOf = (event: ProposedEvent): number =>
  event.data.length + event.metadata.length + event.type.length * 2;
