import type { ExpectedRevision } from './check-append.js';
import type { Outcome } from './event-log.js';
import type { Call, Node } from './node.js';
import { sizeOf, type ProposedEvent } from './recorded-event.js';
import { uuidText } from './uuids.js';
import type { UUID } from '@eventstore/db-client/generated/shared_pb.js';

/** An event in both kinds of append. */
interface ProposedMessage {
  getId(): UUID | undefined;
  getMetadataMap(): { get(key: string): string | undefined };
  getData_asU8(): Uint8Array;
  getCustomMetadata_asU8(): Uint8Array;
}

export function proposedEvent(message: ProposedMessage): ProposedEvent {
  const metadata = message.getMetadataMap();
  return {
    id: uuidText(message.getId()),
    type: metadata.get('type') ?? '',
    contentType: metadata.get('content-type') ?? 'application/octet-stream',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

/** A received append, in parts. */
export interface Append {
  readonly streamName: string;
  readonly expected: ExpectedRevision;
  readonly events: ProposedEvent[];
  bytes: number;
}

export function addTo(append: Append, message: ProposedMessage): void {
  const event = proposedEvent(message);
  append.events.push(event);
  append.bytes += sizeOf(event);
}

/** Applies an append and answers it, unless its connection must be cut. */
export function perform(
  node: Node,
  call: Call,
  append: Append,
  answer: (outcome: Outcome) => void,
): void {
  const cut = node.faults.takeAppendCut();
  if (cut !== 'before it is applied') {
    const outcome = node.log.append(append.streamName, append.expected, append.events);
    if (cut === undefined) answer(outcome);
  }
  if (cut !== undefined) node.connections.cut(call.getPeer());
}
