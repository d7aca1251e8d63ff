import type { sendUnaryData, ServerReadableStream } from '@grpc/grpc-js';
import type { AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { NO_STREAM, type ExpectedRevision } from './check-append.js';
import { expectedRevisionOf } from './expected-revision.js';
import { shared, streams } from './messages.js';
import type { Node } from './node.js';
import { addTo, perform, type Append } from './perform-append.js';
import { appendTooLarge, invalidArgument, streamDeleted } from './refusals.js';

type AppendCall = ServerReadableStream<AppendReq, AppendResp>;

/** `Append`: one call for one append, first the options, then an event in each message. */
export function append(node: Node, call: AppendCall, respond: sendUnaryData<AppendResp>): void {
  let incoming: Append | null = null;
  call.on('data', (request: AppendReq) => {
    const options = request.getOptions();
    const message = request.getProposedMessage();
    if (options !== undefined) incoming = begin(options);
    else if (message !== undefined && incoming !== null) addTo(incoming, message);
  });
  call.on('end', () => {
    node.serve(
      call,
      incoming?.streamName ?? '',
      () => {
        answer(node, call, incoming, respond);
      },
      respond,
    );
  });
}

const begin = (options: AppendReq.Options): Append => ({
  streamName: Buffer.from(options.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString(),
  expected: expectedRevisionOf(options, options.getRevision()),
  events: [],
  bytes: 0,
});

function answer(
  node: Node,
  call: AppendCall,
  incoming: Append | null,
  respond: sendUnaryData<AppendResp>,
): void {
  const maximum = node.settings.maximumAppendBytes;
  if (incoming === null) respond(invalidArgument('An append begins with its options.'));
  else if (incoming.bytes > maximum) respond(appendTooLarge(maximum));
  else {
    perform(node, call, incoming, (outcome) => {
      if (outcome.kind === 'deleted') respond(streamDeleted(incoming.streamName));
      else if (outcome.kind === 'wrong revision') {
        respond(null, wrongRevision(incoming.expected, outcome.current));
      } else respond(null, success(outcome.revision, outcome.position));
    });
  }
}

function success(revision: number, position: number | null): AppendResp {
  const done = new streams.AppendResp.Success();
  if (revision < 0) done.setNoStream(new shared.Empty());
  else done.setCurrentRevision(String(revision));
  if (position === null) done.setNoPosition(new shared.Empty());
  else {
    const both = String(position);
    done.setPosition(
      new streams.AppendResp.Position().setCommitPosition(both).setPreparePosition(both),
    );
  }
  return new streams.AppendResp().setSuccess(done);
}

function wrongRevision(expected: ExpectedRevision, current: number): AppendResp {
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  const nothing = new shared.Empty();
  if (current === NO_STREAM) wrong.setCurrentNoStream(nothing);
  else wrong.setCurrentRevision(String(current));
  if (expected === 'any') wrong.setExpectedAny(nothing);
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(nothing);
  else if (expected === NO_STREAM) wrong.setExpectedNoStream(nothing);
  else wrong.setExpectedRevision(String(expected));
  return new streams.AppendResp().setWrongExpectedVersion(wrong);
}
