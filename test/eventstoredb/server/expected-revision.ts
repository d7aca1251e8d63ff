import { NO_STREAM, type ExpectedRevision } from './check-append.js';

/** The common part of the requests of appends and deletions. */
interface ExpectationOfRequest {
  hasNoStream(): boolean;
  hasAny(): boolean;
  hasStreamExists(): boolean;
}

/** The expectation of a request; `revision` is the text of its revision, if set. */
export function expectedRevisionOf(
  options: ExpectationOfRequest,
  revision: string,
): ExpectedRevision {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return NO_STREAM;
  if (options.hasStreamExists()) return 'stream_exists';
  return Number(revision);
}

/** The number of an expectation in EventStoreDB's errors. */
export function expectedVersionNumber(expected: ExpectedRevision): number {
  if (expected === 'any') return -2;
  return expected === 'stream_exists' ? -4 : expected;
}
