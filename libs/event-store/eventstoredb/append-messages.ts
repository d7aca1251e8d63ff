import streams from '@eventstore/db-client/generated/streams_pb.js';
import { unpackToCommandError } from '@eventstore/db-client/dist/streams/appendToStream/unpackError.js';
import type { Position } from '../event-store.js';
import {
  BatchAppendReq,
  BatchAppendResp,
  bigintOf,
  bytesOf,
  uuidIn,
  type Long,
  type Uuid,
} from './protocol.js';
import type { EventToSend } from './records.js';

/** An atomic append of events to one stream. */
export interface AppendToSend {
  readonly stream: string;
  /** The stream's expected revision; -1 if it must not exist. */
  readonly expectedRevision: number;
  readonly events: readonly [EventToSend, ...EventToSend[]];
}

export type AppendAnswer =
  /** The server also answers this if the events were in the log already. */
  | { readonly kind: 'appended'; readonly position: Position | null }
  | { readonly kind: 'wrong_expected_revision' };

/** The maximum size of a message with more than one event; servers accept 4 MB or more. */
const MAX_MESSAGE_BYTES = 3 * 1024 * 1024;

/** Encodes one append as consecutive messages. */
export function requestsFor(
  id: string,
  { stream, expectedRevision, events }: AppendToSend,
  deadline: Date,
): readonly Buffer[] {
  const batches = inMessages(events);
  return batches.map((batch, index) =>
    bytesOf(BatchAppendReq, {
      correlationId: { string: id },
      ...(index === 0 ? { options: optionsOf(stream, expectedRevision, deadline) } : {}),
      proposedMessages: batch.map(proposed),
      isFinal: index === batches.length - 1,
    }),
  );
}

function inMessages(events: readonly EventToSend[]): readonly (readonly EventToSend[])[] {
  const batches: EventToSend[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const event of events) {
    const size = event.data.length + event.metadata.length;
    if (bytes + size > MAX_MESSAGE_BYTES) {
      batches.push([]);
      bytes = 0;
    }
    batches.at(-1)?.push(event);
    bytes += size;
  }
  return batches;
}

const optionsOf = (stream: string, expectedRevision: number, deadline: Date) => ({
  streamIdentifier: { streamName: Buffer.from(stream) },
  ...(expectedRevision < 0 ? { noStream: {} } : { streamPosition: expectedRevision }),
  deadline: {
    seconds: Math.floor(deadline.getTime() / 1_000),
    nanos: (deadline.getTime() % 1_000) * 1_000_000,
  },
});

const proposed = ({ id, type, data, metadata }: EventToSend) => ({
  id: { string: id },
  metadata: { type, 'content-type': 'application/json' },
  customMetadata: metadata,
  data,
});

interface Response {
  readonly correlationId: Uuid | null;
  readonly error: object | null;
  readonly success: { readonly position: { readonly commitPosition: Long } | null } | null;
}

/** An answer, with the id of its append. */
export class AppendResponse {
  readonly #response: Response;

  constructor(private readonly message: Buffer) {
    this.#response = BatchAppendResp.decode(message) as unknown as Response;
  }

  get id(): string {
    const { correlationId } = this.#response;
    return correlationId === null ? '' : uuidIn(correlationId);
  }

  /** @throws the client's own error if the server refused or failed. */
  answer(stream: string): AppendAnswer {
    const { error, success } = this.#response;
    if (error !== null) return this.#refusal(stream);
    const position = success?.position ?? null;
    return { kind: 'appended', position: position && bigintOf(position.commitPosition) };
  }

  /** The client decodes the many kinds of error details. */
  #refusal(stream: string): AppendAnswer {
    const refusal = streams.BatchAppendResp.deserializeBinary(this.message).getError();
    if (refusal?.getDetails() === undefined) throw new Error(refusal?.getMessage());
    const error = unpackToCommandError(refusal, stream);
    if (isWrongExpectedVersion(error)) return { kind: 'wrong_expected_revision' };
    throw error;
  }
}

const isWrongExpectedVersion = (error: Error): boolean =>
  (error as { type?: string }).type === 'wrong-expected-version';
