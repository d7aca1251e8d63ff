import type {
  EventToAppend,
  JsonObject,
  Position,
  RecordedEvent,
  StoredData,
  StreamHead,
} from '../event-store.js';
import { subjectOf } from '#ticketing/streams.js';
import { damagedEvent, seal, verified } from '../integrity/chain.js';

/** The metadata of an event in EventStoreDB. */
export interface StoredMetadata {
  /** EventStoreDB's conventions, used by its own projections. */
  readonly $correlationId?: string;
  readonly $causationId?: string;
  readonly at: string;
  readonly schemaVersion: number;
  readonly hash: string;
  readonly previousHash: string;
  readonly metadata: JsonObject;
}

/** An event encoded for EventStoreDB. */
export interface EventToSend {
  readonly id: string;
  readonly type: string;
  readonly data: Buffer;
  readonly metadata: Buffer;
  /** The hash of its sealed record. */
  readonly hash: string;
}

/**
 * Seals events after a stream's head and encodes them for EventStoreDB. From the stored form
 * the sealed record can be rebuilt byte for byte.
 *
 * @throws TypeError for values outside canonical JSON.
 */
export function eventsToSend(
  stream: string,
  expected: StreamHead,
  events: readonly EventToAppend[],
): readonly [EventToSend, ...EventToSend[]] {
  let previousHash = expected.hash;
  const sealed = seal(stream, expected, events).map(({ hash }, index) => {
    const { id, type, at, schemaVersion, data, metadata } = events[index] as EventToAppend;
    const stored: StoredMetadata = {
      ...conventions(metadata),
      at,
      schemaVersion,
      hash,
      previousHash,
      metadata,
    };
    previousHash = hash;
    return { id, type, data: bytesOf(data), metadata: bytesOf(stored), hash };
  });
  const [first, ...more] = sealed;
  if (first === undefined) throw new RangeError('An append needs at least one event.');
  return [first, ...more];
}

const bytesOf = (value: object): Buffer => Buffer.from(JSON.stringify(value));

function conventions({
  correlationId,
  causationId,
}: JsonObject): Pick<StoredMetadata, '$correlationId' | '$causationId'> {
  return {
    ...(typeof correlationId === 'string' ? { $correlationId: correlationId } : {}),
    ...(typeof causationId === 'string' ? { $causationId: causationId } : {}),
  };
}

/** An event's position, stream and identity. */
export type Place = Pick<RecordedEvent, 'id' | 'stream' | 'type' | 'revision' | 'position'>;

/** An event as returned by the client. */
export interface ReadEvent {
  readonly id: string;
  readonly streamId: string;
  readonly type: string;
  readonly revision: bigint;
  readonly position?: { readonly commit: bigint } | undefined;
  readonly data: unknown;
  readonly metadata?: unknown;
}

/**
 * Converts a read event; null if EventStoreDB itself wrote it, or another program to a stream of its
 * own.
 */
export function toRecordedEvent(event: ReadEvent | undefined): RecordedEvent | null {
  if (event?.position === undefined) return null;
  const { id, streamId, type, revision, data, position } = event;
  const numbers = { revision: Number(revision), position: positionOf(position) };
  const place = { id, stream: streamId, type, ...numbers };
  const stored = storedWith(type, event.metadata);
  if (stored !== null) return recordedAt(place, stored, data);
  return isIntruder(place) ? foreign(place) : null;
}

/** Whether an event that another program wrote is in one of our streams. */
export const isIntruder = ({ stream, type }: Place): boolean =>
  subjectOf(stream) !== null && !type.startsWith('$');

/** Stands for an event that another program wrote. */
export const foreign = (place: Place): RecordedEvent =>
  damagedEvent(place, 'was altered or written by another program');

/** An event's metadata; null if another program wrote it. */
export function storedWith(type: string, metadata: unknown): StoredMetadata | null {
  if (type.startsWith('$')) return null;
  const stored = metadata as Partial<StoredMetadata> | null | undefined;
  return isOurs(stored) ? stored : null;
}

/** Converts and verifies an event. */
export function recordedAt(place: Place, stored: StoredMetadata, data: unknown): RecordedEvent {
  const { id, stream, type, revision, position } = place;
  const { at, schemaVersion, hash, previousHash, metadata } = stored;
  return verified({
    id,
    stream,
    type,
    revision,
    schemaVersion,
    at,
    data: data as StoredData,
    metadata,
    previousHash,
    hash,
    position,
  });
}

/** Parses JSON. Invalid JSON stays text, as in the client; its hash reveals the damage. */
export function jsonIn(bytes: Buffer): unknown {
  const text = bytes.toString();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const isOurs = (stored: Partial<StoredMetadata> | null | undefined): stored is StoredMetadata =>
  typeof stored?.hash === 'string' &&
  typeof stored.previousHash === 'string' &&
  typeof stored.at === 'string' &&
  typeof stored.schemaVersion === 'number' &&
  typeof stored.metadata === 'object';

/** The client declares positions as bigint but may return numbers. */
export const positionOf = ({ commit }: { readonly commit: bigint | number }): Position =>
  BigInt(commit);
