import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import type {
  DeleteReq,
  DeleteResp,
  TombstoneReq,
  TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { ExpectedRevision } from './check-append.js';
import type { Outcome } from './event-log.js';
import { expectedRevisionOf, expectedVersionNumber } from './expected-revision.js';
import { shared, streams } from './messages.js';
import type { Call, Node } from './node.js';
import { streamDeleted, wrongRevision, type Refusal } from './refusals.js';

type Options = DeleteReq.Options | TombstoneReq.Options;

/** `Delete`: the stream can be written again. */
export function deleteStream(
  node: Node,
  call: ServerUnaryCall<DeleteReq, DeleteResp>,
  respond: sendUnaryData<DeleteResp>,
): void {
  remove(
    node,
    call,
    call.request.getOptions() ?? new streams.DeleteReq.Options(),
    (name, expected) => node.log.delete(name, expected),
    (position) => {
      const answer = new streams.DeleteResp();
      if (position === null) respond(null, answer.setNoPosition(new shared.Empty()));
      else {
        const both = String(position);
        const place = new streams.DeleteResp.Position();
        place.setCommitPosition(both).setPreparePosition(both);
        respond(null, answer.setPosition(place));
      }
    },
    respond,
  );
}

/** `Tombstone`: the stream is gone for good. */
export function tombstoneStream(
  node: Node,
  call: ServerUnaryCall<TombstoneReq, TombstoneResp>,
  respond: sendUnaryData<TombstoneResp>,
): void {
  remove(
    node,
    call,
    call.request.getOptions() ?? new streams.TombstoneReq.Options(),
    (name, expected) => node.log.tombstone(name, expected),
    (position) => {
      const answer = new streams.TombstoneResp();
      if (position === null) respond(null, answer.setNoPosition(new shared.Empty()));
      else {
        const both = String(position);
        const place = new streams.TombstoneResp.Position();
        place.setCommitPosition(both).setPreparePosition(both);
        respond(null, answer.setPosition(place));
      }
    },
    respond,
  );
}

function remove(
  node: Node,
  call: Call,
  options: Options,
  work: (name: string, expected: ExpectedRevision) => Outcome,
  answer: (position: number | null) => void,
  refuse: (refusal: Refusal) => void,
): void {
  const name = Buffer.from(options.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString();
  const expected = expectedRevisionOf(options, options.getRevision());
  node.serve(
    call,
    name,
    () => {
      const outcome = work(name, expected);
      if (outcome.kind === 'done') answer(outcome.position);
      else if (outcome.kind === 'deleted') refuse(streamDeleted(name));
      else refuse(wrongRevision('Delete', name, expectedVersionNumber(expected), outcome.current));
    },
    refuse,
  );
}
