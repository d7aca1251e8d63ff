import { hash } from 'node:crypto';
import type {
  EventToAppend,
  JsonObject,
  Position,
  RecordedEvent,
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

/** Seals events after a stream's head: each contains the hash of the previous one. */
export function seal(
  stream: string,
  head: StreamHead,
  events: readonly EventToAppend[],
): readonly SealedEvent[] {
  let { revision, hash: previousHash } = head;
  return events.map((event) => {
    revision += 1;
    const { id, type, schemaVersion, at, data, metadata } = event;
    const record = canonicalJson({
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
    previousHash = hashOf(record);
    return { id, type, revision, record, hash: previousHash };
  });
}

/** Parses a stored record. */
export function openRecord(record: string, hash: string, position: Position): RecordedEvent {
  // Nothing else references the parsed object; changing it costs less than a copy.
  const event = JSON.parse(record) as RecordedEvent & { hash: string; position: Position };
  event.hash = hash;
  event.position = position;
  return event;
}

/** Why a stored hash does not match its record; null if it does. */
export const recordProblem = (record: string, storedHash: string): string | null =>
  hashOf(record) === storedHash
    ? null
    : `its hash is ${storedHash}, but its content hashes to ${hashOf(record)}`;
