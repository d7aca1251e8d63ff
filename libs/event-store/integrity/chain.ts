import { hash } from 'node:crypto';
import type { EventToAppend, Position, RecordedEvent, StreamHead } from '../event-store.js';
import { canonicalJson } from './canonical-json.js';

/**
 * An event sealed into its stream's hash chain. The record is all of the event but its position,
 * which is the store's own, and its hash, which is over the record.
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

/** Seals events behind a stream's head: each holds the hash of the one before it. */
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
      data,
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

/** Opens a stored record again. */
export function openRecord(record: string, hash: string, position: Position): RecordedEvent {
  // What was just parsed is nobody else's: it is added to, which costs less than a copy.
  const event = JSON.parse(record) as RecordedEvent & { hash: string; position: Position };
  event.hash = hash;
  event.position = position;
  return event;
}

/** What is wrong with a stored event, in words, or null: its hash is that of its record. */
export const recordProblem = (record: string, storedHash: string): string | null =>
  hashOf(record) === storedHash
    ? null
    : `its hash is ${storedHash}, but its content hashes to ${hashOf(record)}`;
