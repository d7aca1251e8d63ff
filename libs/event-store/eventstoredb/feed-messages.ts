import type { Position } from '../event-store.js';
import { HeardEvent } from './heard-event.js';
import { ReadResp, bigintOf, uuidIn, type Long, type Uuid } from './protocol.js';
import { jsonIn, storedWith } from './records.js';

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

/** How far a subscription got, and the event that it got to where that is one of ours. */
export interface Heard {
  readonly position: Position;
  readonly event: HeardEvent | null;
}

/** What a message of a subscription says; null where that is nothing about the log. */
export function heardIn(message: Buffer): Heard | null {
  const { event, checkpoint } = ReadResp.decode(message) as unknown as Response;
  const recorded = event?.event;
  if (recorded) return heardOf(recorded);
  return checkpoint && { position: bigintOf(checkpoint.commitPosition), event: null };
}

function heardOf(recorded: Recorded): Heard {
  const { id, streamIdentifier, streamRevision, metadata, customMetadata, data } = recorded;
  const position = bigintOf(recorded.commitPosition);
  const type = metadata['type'] ?? '';
  const stored = storedWith(type, jsonIn(customMetadata));
  if (stored === null || id === null || streamIdentifier === null) return { position, event: null };
  const place = {
    id: uuidIn(id),
    stream: streamIdentifier.streamName.toString(),
    type,
    revision: Number(bigintOf(streamRevision)),
    position,
  };
  return { position, event: new HeardEvent(place, stored, data) };
}
