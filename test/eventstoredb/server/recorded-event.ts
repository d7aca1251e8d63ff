/** An event of an append. */
export interface ProposedEvent {
  /** A lowercase UUID. */
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  /** Empty if there is none. */
  readonly metadata: Uint8Array;
}

/** An event in the log. */
export interface RecordedEvent extends ProposedEvent {
  readonly streamName: string;
  readonly revision: number;
  /** Commit and prepare position: an offset in bytes, like in EventStoreDB's log. */
  readonly position: number;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** The encoded message, once it was read. */
  answer: Buffer | null;
}

/** The revision of a tombstone, and `$tb` of a deleted stream: the largest of 63 bits. */
export const LAST_REVISION = 2 ** 63;

/** The size of an event in EventStoreDB's limit of appends, in bytes. */
export const sizeOf = (event: ProposedEvent): number =>
  event.data.length + event.metadata.length + event.type.length * 2;
