import { status, type ServerDuplexStream } from '@grpc/grpc-js';
import type { Status } from '@eventstore/db-client/generated/status_pb.js';
import type {
  BatchAppendReq,
  BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import {
  busyStatus,
  deletedStatus,
  deniedStatus,
  timeoutStatus,
  tooLargeStatus,
  wrongRevisionStatus,
} from './batch-statuses.js';
import type { Outcome } from './event-log.js';
import { expectedRevisionOf } from './expected-revision.js';
import { refusalOf } from './faults.js';
import { empty, shared, streams } from './messages.js';
import type { Node } from './node.js';
import { addTo, perform, type Append } from './perform-append.js';
import { streamIdentifier } from './read-answers.js';
import { withStatus, type Refusal } from './refusals.js';
import { uuidText } from './uuids.js';

type BatchCall = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

/** `BatchAppend`: one call for any number of appends, each answered by its correlation id. */
export function batchAppend(node: Node, call: BatchCall): void {
  const appends = new Map<string, BatchedAppend>();
  if (!node.settings.batchAppend) {
    end(call, withStatus(status.UNIMPLEMENTED));
    return;
  }
  call.on('data', (request: BatchAppendReq) => {
    const id = uuidText(request.getCorrelationId());
    const append = appends.get(id) ?? begin(request);
    if (append === null) return;
    appends.set(id, append);
    for (const message of request.getProposedMessagesList()) addTo(append, message);
    if (append.bytes > node.settings.maximumAppendBytes) {
      appends.delete(id);
      const tooLarge = tooLargeStatus(node.settings.maximumAppendBytes);
      call.write(answerTo(request, append.streamName).setError(tooLarge));
    } else if (request.getIsFinal()) {
      appends.delete(id);
      if (append.deadline > Date.now()) finish(node, call, request, append);
      else call.write(answerTo(request, append.streamName).setError(timeoutStatus()));
    }
  });
  call.on('end', () => {
    call.end();
  });
  // A call whose connection is cut cannot be answered.
  call.on('error', () => undefined);
}

/** An append with its deadline, in milliseconds since 1970. */
interface BatchedAppend extends Append {
  readonly deadline: number;
}

function begin(request: BatchAppendReq): BatchedAppend | null {
  const options = request.getOptions();
  if (options === undefined) return null;
  return {
    streamName: nameOf(options),
    expected: expectedRevisionOf(options, options.getStreamPosition()),
    deadline: (options.getDeadline()?.getSeconds() ?? Infinity) * 1000,
    events: [],
    bytes: 0,
  };
}

const nameOf = (options: BatchAppendReq.Options): string =>
  Buffer.from(options.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8');

function finish(node: Node, call: BatchCall, request: BatchAppendReq, append: Append): void {
  const { faults } = node;
  if (faults.silent) return;
  const answer = answerTo(request, append.streamName);
  const denial = node.accessRefusal(call, append.streamName);
  const failure = faults.takeFailure();
  if (failure === 'timeout') call.write(answer.setError(timeoutStatus()));
  else if (failure === 'busy') call.write(answer.setError(busyStatus()));
  else if (failure !== undefined) end(call, refusalOf(failure));
  else if (denial?.code === status.PERMISSION_DENIED) call.write(answer.setError(deniedStatus()));
  else {
    const refusal = denial ?? node.followerRefusal(call);
    if (refusal !== null) end(call, refusal);
    else {
      perform(node, call, append, (outcome) => {
        faults.delayed(() => {
          call.write(withOutcome(answer, append, outcome));
        });
      });
    }
  }
}

const answerTo = (request: BatchAppendReq, streamName: string): BatchAppendResp =>
  new streams.BatchAppendResp()
    .setCorrelationId(request.getCorrelationId())
    .setStreamIdentifier(streamIdentifier(streamName));

function withOutcome(answer: BatchAppendResp, append: Append, outcome: Outcome): BatchAppendResp {
  if (outcome.kind === 'done')
    return answer.setSuccess(success(outcome.revision, outcome.position));
  return answer.setError(statusOf(append, outcome));
}

const statusOf = (append: Append, outcome: Exclude<Outcome, { kind: 'done' }>): Status =>
  outcome.kind === 'deleted'
    ? deletedStatus(append.streamName)
    : wrongRevisionStatus(append.expected, outcome.current);

function success(revision: number, position: number | null): BatchAppendResp.Success {
  const done = new streams.BatchAppendResp.Success();
  if (revision < 0) done.setNoStream(new empty.Empty());
  else done.setCurrentRevision(String(revision));
  if (position === null) return done.setNoPosition(new empty.Empty());
  const both = String(position);
  return done.setPosition(
    new shared.AllStreamPosition().setCommitPosition(both).setPreparePosition(both),
  );
}

/** Ends the call with an error, together with all unanswered appends. */
function end(call: BatchCall, refusal: Refusal): void {
  call.emit('error', refusal);
}
