import { NO_STREAM, type ExpectedRevision } from './check-append.js';

/** What the requests of appends and deletions have in common. */
interface ExpectationOfRequest {
  hasNoStream(): boolean;
  hasAny(): boolean;
  hasStreamExists(): boolean;
}

/** What a request expects; `revision` is the text of its revision, if that is what is set. */
export function expectedRevisionOf(
  options: ExpectationOfRequest,
  revision: string,
): ExpectedRevision {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return NO_STREAM;
  if (options.hasStreamExists()) return 'stream_exists';
  return Number(revision);
}

/** The number that EventStoreDB has for an expectation, in errors. */
export function expectedVersionNumber(expected: ExpectedRevision): number {
  if (expected === 'any') return -2;
  return expected === 'stream_exists' ? -4 : expected;
}
