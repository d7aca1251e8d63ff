import { Metadata, status, type ServerErrorResponse } from '@grpc/grpc-js';

/** An error of a call, with EventStoreDB's trailers. */
export interface Refusal extends ServerErrorResponse {
  readonly code: status;
  readonly details: string;
  readonly metadata: Metadata;
}

function refusal(code: status, details: string, trailers: Record<string, string> = {}): Refusal {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

/** Trailers are ASCII. */
const headerText = (text: string): string => text.replace(/[^ -~]/gu, encodeURIComponent);

export const withStatus = (code: status): Refusal =>
  refusal(code, `The server is set to answer ${status[code]}.`);

export const unauthenticated = (): Refusal => refusal(status.UNAUTHENTICATED, 'Unauthenticated');

export const accessDenied = (): Refusal =>
  refusal(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const streamDeleted = (name: string): Refusal =>
  refusal(status.FAILED_PRECONDITION, `Event stream '${name}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': headerText(name),
  });

export const notLeader = (host: string, port: number): Refusal =>
  refusal(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });

export const noLeader = (): Refusal =>
  refusal(status.UNKNOWN, 'No leader info available in response');

export const appendTooLarge = (maximum: number): Refusal =>
  refusal(status.INVALID_ARGUMENT, `Maximum Append Size of ${maximum} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(maximum),
  });

/** `Delete` and `Tombstone` report a wrong revision by an error, unlike appends. */
export const wrongRevision = (
  operation: string,
  name: string,
  expected: number,
  current: number,
): Refusal =>
  refusal(
    status.FAILED_PRECONDITION,
    `${operation} failed due to WrongExpectedVersion. Stream: ${name}, ` +
      `Expected version: ${expected}, Actual version: ${current}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': headerText(name),
      'expected-version': String(expected),
      'actual-version': String(current),
    },
  );

export const invalidPosition = (): Refusal =>
  refusal(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.');

export const invalidArgument = (what: string): Refusal => refusal(status.INVALID_ARGUMENT, what);

export const writeTimeout = (): Refusal => refusal(status.ABORTED, 'Operation timed out');

export const serverBusy = (): Refusal => refusal(status.UNAVAILABLE, 'Server Is Too Busy');

export const isRefusal = (error: unknown): error is Refusal =>
  error instanceof Error && 'code' in error && 'details' in error;
