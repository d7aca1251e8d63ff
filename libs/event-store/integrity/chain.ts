import { hash } from 'node:crypto';
import type {
  EventToAppend,
  JsonObject,
  Position,
  RecordedEvent,
  StoredData,
  StreamHead,
} from '../event-store.js';
import { canonicalJson } from './canonical-json.js';

/**
 * An event sealed into its stream's hash chain. The record is the whole event except its position,
 * which the store assigns, and its hash, which covers the record.
 */
export interface SealedEvent {
  readonly id: string;
  readonly type: string;
  readonly revision: number;
  /** The event's canonical JSON (RFC 8785): at, data, id, metadata, previousHash, revision, schemaVersion, stream, type. */
  readonly record: string;
  /** SHA-256 over the record's UTF-8 bytes, in hexadecimal. */
  readonly hash: string;
}

export const hashOf = (record: string): string => hash('sha256', record, 'hex');

/**
 * The record of an event.
 *
 * @throws TypeError for values outside canonical JSON.
 */
const recordOf = (
  { at, data, id, metadata, schemaVersion, type }: EventToAppend,
  stream: string,
  revision: number,
  previousHash: string,
): string =>
  canonicalJson({
    at,
    data: data as JsonObject,
    id,
    metadata,
    previousHash,
    revision,
    schemaVersion,
    stream,
    type,
  });

/** Seals events after a stream's head: each contains the hash of the previous one. */
export function seal(
  stream: string,
  head: StreamHead,
  events: readonly EventToAppend[],
): readonly SealedEvent[] {
  let { revision, hash: previousHash } = head;
  return events.map((event) => {
    revision += 1;
    const { id, type } = event;
    const record = recordOf(event, stream, revision, previousHash);
    previousHash = hashOf(record);
    return { id, type, revision, record, hash: previousHash };
  });
}

/**
 * Verifies a stored record and parses it. A record with its hash is canonical JSON, because only
 * canonical JSON was hashed.
 *
 * @returns null if it is damaged
 */
export function openRecord(
  record: unknown,
  storedHash: string,
  position: Position,
): RecordedEvent | null {
  if (typeof record !== 'string' || hashOf(record) !== storedHash) return null;
  const event = parsed(record);
  if (event === null) return null;
  // Nothing else references the parsed object; changing it costs less than a copy.
  event.hash = storedHash;
  event.position = position;
  return event;
}

function parsed(
  record: string,
): { -readonly [Member in keyof RecordedEvent]: RecordedEvent[Member] } | null {
  try {
    const event = JSON.parse(record) as RecordedEvent | null;
    return isEvent(event) ? event : null;
  } catch {
    return null;
  }
}

/** Whether a value has the shape of an event, whatever its type. */
const isEvent = (event: Partial<RecordedEvent> | null): event is RecordedEvent =>
  event !== null &&
  [event.stream, event.type, event.id, event.previousHash, event.at].every(isText) &&
  typeof event.schemaVersion === 'number' &&
  Number.isInteger(event.revision) &&
  !Number.isNaN(Date.parse(event.at ?? '')) &&
  isObject(event.data) &&
  isObject(event.metadata);

const isText = (value: unknown): boolean => typeof value === 'string';

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** Verifies an event of a store that does not keep its record as text. */
export function verified(event: RecordedEvent): RecordedEvent {
  return isEvent(event) && hasItsHash(event) ? event : damagedEvent(event, ALTERED);
}

function hasItsHash(event: RecordedEvent): boolean {
  const { stream, revision, previousHash } = event;
  try {
    return hashOf(recordOf(event, stream, revision, previousHash)) === event.hash;
  } catch (error) {
    // The content is no canonical JSON.
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** The damage of a record that does not match its hash. */
export const ALTERED = 'was altered';

/** Stands for a record that cannot be used: it has its place and nothing of its content. */
export const damagedEvent = (
  { stream, revision, position, id = '', hash = '' }: EventPlace,
  damage: string,
): RecordedEvent => ({
  ...{ stream, revision, position, id, hash, damage },
  ...{ type: '', schemaVersion: 0, at: '', metadata: {}, previousHash: '' },
  data: {} as StoredData,
});

export type EventPlace = Pick<RecordedEvent, 'stream' | 'revision' | 'position'> &
  Partial<Pick<RecordedEvent, 'id' | 'hash'>>;

/** Why a stored hash does not match its record; null if it does. */
export const recordProblem = (record: string, storedHash: string): string | null =>
  hashOf(record) === storedHash
    ? null
    : `its hash is ${storedHash}, but its content hashes to ${hashOf(record)}`;
