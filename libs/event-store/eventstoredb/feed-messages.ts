import type { Position } from '../event-store.js';
import { ReceivedEvent } from './received-event.js';
import { ReadResp, bigintOf, uuidIn, type Long, type Uuid } from './protocol.js';
import { isIntruder, jsonIn, storedWith } from './records.js';

interface Response {
  readonly event: { readonly event: Recorded | null } | null;
  readonly checkpoint: { readonly commitPosition: Long } | null;
}

interface Recorded {
  readonly id: Uuid | null;
  readonly streamIdentifier: { readonly streamName: Buffer } | null;
  readonly streamRevision: Long;
  readonly commitPosition: Long;
  readonly metadata: Readonly<Record<string, string>>;
  readonly customMetadata: Buffer;
  readonly data: Buffer;
}

/** A subscription's new position, and the event there if it is one of ours. */
export interface Received {
  readonly position: Position;
  readonly event: ReceivedEvent | null;
}

/** Decodes a message of a subscription; null if it has neither event nor checkpoint. */
export function decodeMessage(message: Buffer): Received | null {
  const { event, checkpoint } = ReadResp.decode(message) as unknown as Response;
  const recorded = event?.event;
  if (recorded) return receivedFrom(recorded);
  return checkpoint && { position: bigintOf(checkpoint.commitPosition), event: null };
}

function receivedFrom(recorded: Recorded): Received {
  const { id, streamIdentifier, streamRevision, metadata, customMetadata, data } = recorded;
  const position = bigintOf(recorded.commitPosition);
  const type = metadata['type'] ?? '';
  const stored = storedWith(type, jsonIn(customMetadata));
  if (id === null || streamIdentifier === null) return { position, event: null };
  const place = {
    id: uuidIn(id),
    stream: streamIdentifier.streamName.toString(),
    type,
    revision: Number(bigintOf(streamRevision)),
    position,
  };
  if (stored === null && !isIntruder(place)) return { position, event: null };
  return { position, event: new ReceivedEvent(place, stored, data) };
}
