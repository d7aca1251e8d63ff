import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams, {
  type BatchAppendReq as Request,
  type BatchAppendResp as Response,
} from '@eventstore/db-client/generated/streams_pb.js';
import { unpackToCommandError } from '@eventstore/db-client/dist/streams/appendToStream/unpackError.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import timestamp from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { Position } from '../event-store.js';
import type { EventToSend } from './records.js';

/** Some events for one stream, all or none. */
export interface AppendToSend {
  readonly stream: string;
  /** The revision that the stream must have; -1 where it must not exist. */
  readonly expectedRevision: number;
  readonly events: readonly [EventToSend, ...EventToSend[]];
}

export type AppendAnswer =
  /** The server says the same where the events were on the log already. */
  | { readonly kind: 'appended'; readonly position: Position | null }
  | { readonly kind: 'wrong_expected_revision' };

/** A message holds no more than this, beside one event at least; servers take 4 MB or more. */
const MESSAGE_BYTES = 3 * 1024 * 1024;

/** The messages of one append, which go one behind the other. */
export function requestsFor(
  id: string,
  { stream, expectedRevision, events }: AppendToSend,
  deadline: Date,
): readonly Request[] {
  const options = new streams.BatchAppendReq.Options()
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(stream)))
    .setDeadline(timestamp.Timestamp.fromDate(deadline));
  if (expectedRevision < 0) options.setNoStream(new empty.Empty());
  else options.setStreamPosition(String(expectedRevision));
  const requests: Request[] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const event of events) {
    const size = event.data.length + event.metadata.length;
    if (bytes + size > MESSAGE_BYTES) {
      requests.push(new streams.BatchAppendReq().setCorrelationId(uuid(id)));
      bytes = 0;
    }
    requests.at(-1)?.addProposedMessages(proposed(event));
    bytes += size;
  }
  requests[0]?.setOptions(options);
  requests.at(-1)?.setIsFinal(true);
  return requests;
}

function proposed({ id, type, data, metadata }: EventToSend): Request.ProposedMessage {
  const message = new streams.BatchAppendReq.ProposedMessage()
    .setId(uuid(id))
    .setData(data)
    .setCustomMetadata(metadata);
  message.getMetadataMap().set('type', type).set('content-type', 'application/json');
  return message;
}

const uuid = (text: string) => new shared.UUID().setString(text);

/** @throws the client's own error for what the server refuses or could not do. */
export function answerOf(response: Response, stream: string): AppendAnswer {
  const refusal = response.getError();
  if (refusal !== undefined) {
    if (refusal.getDetails() === undefined) throw new Error(refusal.getMessage());
    const error = unpackToCommandError(refusal, stream);
    if (isWrongExpectedVersion(error)) return { kind: 'wrong_expected_revision' };
    throw error;
  }
  const position = response.getSuccess()?.getPosition();
  return {
    kind: 'appended',
    position: position === undefined ? null : BigInt(position.getCommitPosition()),
  };
}

const isWrongExpectedVersion = (error: Error): boolean =>
  (error as { type?: string }).type === 'wrong-expected-version';
