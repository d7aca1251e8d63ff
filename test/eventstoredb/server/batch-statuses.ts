import type { Code } from '@eventstore/db-client/generated/code_pb.js';
import type { Status } from '@eventstore/db-client/generated/status_pb.js';
import { NO_STREAM, type ExpectedRevision } from './check-append.js';
import { any, codes, empty, shared, statuses } from './messages.js';
import { streamIdentifier } from './read-answers.js';

/** The answers of `BatchAppend` to failed appends. The call continues for others. */
function statusWith(
  code: Code,
  name: string,
  details: { serializeBinary(): Uint8Array },
  message = name,
): Status {
  const packed = new any.Any();
  packed.pack(details.serializeBinary(), name);
  return new statuses.Status().setCode(code).setMessage(message).setDetails(packed);
}

const ours = (name: string): string => `event_store.client.${name}`;

const named = (code: Code, name: string, details: { serializeBinary(): Uint8Array }): Status =>
  statusWith(code, ours(name), details, name);

export function wrongRevisionStatus(expected: ExpectedRevision, current: number): Status {
  const details = new shared.WrongExpectedVersion();
  const nothing = new empty.Empty();
  if (current === NO_STREAM) details.setCurrentNoStream(nothing);
  else details.setCurrentStreamRevision(String(current));
  if (expected === 'any') details.setExpectedAny(nothing);
  else if (expected === 'stream_exists') details.setExpectedStreamExists(nothing);
  else if (expected === NO_STREAM) details.setExpectedNoStream(nothing);
  else details.setExpectedStreamPosition(String(expected));
  return named(codes.Code.ALREADY_EXISTS, 'WrongExpectedVersion', details);
}

export const deletedStatus = (name: string): Status =>
  named(
    codes.Code.NOT_FOUND,
    'StreamDeleted',
    new shared.StreamDeleted().setStreamIdentifier(streamIdentifier(name)),
  );

export const deniedStatus = (): Status =>
  named(codes.Code.PERMISSION_DENIED, 'AccessDenied', new shared.AccessDenied());

export const timeoutStatus = (): Status =>
  named(codes.Code.DEADLINE_EXCEEDED, 'Timeout', new shared.Timeout());

export const tooLargeStatus = (maximum: number): Status =>
  named(
    codes.Code.INVALID_ARGUMENT,
    'MaximumAppendSizeExceeded',
    new shared.MaximumAppendSizeExceeded().setMaxappendsize(maximum),
  );

/** A full queue has no specific type: clients see an unknown error. */
export const busyStatus = (): Status =>
  statusWith(codes.Code.OK, 'google.protobuf.Empty', new empty.Empty(), 'Server Is Busy');
