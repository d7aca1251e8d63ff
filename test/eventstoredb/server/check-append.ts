import type { ProposedEvent, RecordedEvent } from './recorded-event.js';
import type { Stream } from './stream.js';

/** A revision, -1 for a stream that must not exist, or what else a client can expect. */
export type ExpectedRevision = number | 'any' | 'stream_exists';
export const NO_STREAM = -1;

export type Verdict =
  | { readonly kind: 'new' }
  /** Everything is written already: `last` is the last of the events then. */
  | { readonly kind: 'repeated'; readonly last: RecordedEvent }
  | { readonly kind: 'wrong revision' }
  | { readonly kind: 'deleted' };

const NEW: Verdict = { kind: 'new' };
const WRONG: Verdict = { kind: 'wrong revision' };

/**
 * Decides about an append as EventStoreDB's IndexWriter.CheckCommit does.
 *
 * @param written The event of the log that was last written under an id.
 * @param hasMetadata Whether metadata were ever written for the stream.
 */
export function checkAppend(
  stream: Stream,
  expected: ExpectedRevision,
  events: readonly ProposedEvent[],
  written: (id: string) => RecordedEvent | undefined,
  hasMetadata: boolean,
): Verdict {
  if (stream.tombstoned) return { kind: 'deleted' };
  if (expected === 'stream_exists' && !mayExist(stream, hasMetadata)) return WRONG;
  if (typeof expected !== 'number') return checkAnywhere(stream, events, written);
  if (expected < stream.lastRevision) return checkEarlier(stream, expected, events);
  // At the very end events are appended even where their ids repeat.
  return expected === stream.lastRevision ? NEW : WRONG;
}

const mayExist = (stream: Stream, hasMetadata: boolean): boolean =>
  !stream.softDeleted && (stream.events.length > 0 || hasMetadata);

/** Without a revision only the ids tell whether the events are written already. */
function checkAnywhere(
  stream: Stream,
  events: readonly ProposedEvent[],
  written: (id: string) => RecordedEvent | undefined,
): Verdict {
  let last: RecordedEvent | undefined;
  for (const { id } of events) {
    const found = written(id);
    if (found?.streamName !== stream.name) return last === undefined ? NEW : WRONG;
    last = found;
  }
  return last === undefined ? NEW : { kind: 'repeated', last };
}

/** Events behind an earlier revision must be just those that stand there. */
function checkEarlier(stream: Stream, expected: number, events: readonly ProposedEvent[]): Verdict {
  const startsAnew = expected === NO_STREAM && stream.softDeleted;
  let last: RecordedEvent | undefined;
  for (const [index, { id }] of events.entries()) {
    const found = stream.events[expected + 1 + index];
    if (found?.id !== id) return last === undefined && startsAnew ? NEW : WRONG;
    last = found;
  }
  if (last !== undefined) return { kind: 'repeated', last };
  return startsAnew ? NEW : WRONG;
}
