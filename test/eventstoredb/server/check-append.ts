import type { ProposedEvent, RecordedEvent } from './recorded-event.js';
import type { Stream } from './stream.js';

/** A revision, -1 for a stream that must not exist, or another expectation. */
export type ExpectedRevision = number | 'any' | 'stream_exists';
export const NO_STREAM = -1;

export type Verdict =
  | { readonly kind: 'new' }
  /** All events are already written; `last` is the last one. */
  | { readonly kind: 'repeated'; readonly last: RecordedEvent }
  | { readonly kind: 'wrong revision' }
  | { readonly kind: 'deleted' };

const NEW: Verdict = { kind: 'new' };
const WRONG: Verdict = { kind: 'wrong revision' };

/**
 * Decides on an append like EventStoreDB's IndexWriter.CheckCommit.
 *
 * @param written - looks up the event that was last written with an id
 * @param hasMetadata - whether metadata were ever written for the stream
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
  // At the end of the stream events are appended even if their ids repeat.
  return expected === stream.lastRevision ? NEW : WRONG;
}

const mayExist = (stream: Stream, hasMetadata: boolean): boolean =>
  !stream.softDeleted && (stream.events.length > 0 || hasMetadata);

/** Without a revision only the ids show whether the events are already written. */
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

/** Events after an earlier revision must equal the existing ones. */
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
