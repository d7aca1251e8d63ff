import type { EventLog } from './event-log.js';
import { eventAnswer } from './event-answer.js';
import {
  firstRevisionAnswer,
  lastRevisionAnswer,
  notFoundAnswer,
  type ReadAnswer,
} from './read-answers.js';
import type { AllRead, From, StreamRead } from './read-request.js';
import type { RecordedEvent } from './recorded-event.js';
import { invalidPosition, streamDeleted, type Refusal } from './refusals.js';

type Answers = Generator<ReadAnswer, void>;

/** The answers to a read of a stream; `from` is inclusive in both directions. */
export function readStream(log: EventLog, request: StreamRead): Answers | Refusal {
  if (log.isTombstoned(request.name)) return streamDeleted(request.name);
  return streamAnswers(log, request);
}

function* streamAnswers(log: EventLog, request: StreamRead): Answers {
  const stream = log.stream(request.name);
  if (stream?.exists !== true) {
    yield notFoundAnswer(request.name);
    return;
  }
  const first = stream.firstReadable(Date.now());
  const last = stream.lastRevision;
  const start = startIn(request, first, last);
  const step = request.backwards ? -1 : 1;
  let left = request.count ?? 0;
  if (request.tellsRevisions && !request.backwards && (start > last || first > last)) {
    yield firstRevisionAnswer(first > last ? last + 1 : first);
  }
  for (let at = start; at >= first && at <= last && left > 0; at += step, left -= 1) {
    const event = stream.events[at];
    if (event !== undefined) yield eventAnswer(event, request.structuredIds);
  }
  if (request.tellsRevisions && !request.backwards) yield lastRevisionAnswer(last);
}

function startIn(request: StreamRead, first: number, last: number): number {
  const { from, backwards } = request;
  if (backwards) return from === 'start' ? 0 : Math.min(from === 'end' ? last : from, last);
  if (from === 'end') return last + 1;
  return Math.max(from === 'start' ? 0 : from, first);
}

/** The answers to a read of `$all`: forwards from a position inclusively, backwards exclusively. */
export function readAll(log: EventLog, request: AllRead): Answers | Refusal {
  if (!isValid(log, request.from)) return invalidPosition();
  return allAnswers(log, request);
}

function* allAnswers(log: EventLog, request: AllRead): Answers {
  const { filter, backwards, structuredIds } = request;
  const border = indexIn(log, request.from);
  const end = log.all.length;
  const step = backwards ? -1 : 1;
  let left = request.count ?? 0;
  for (let at = backwards ? border - 1 : border; at >= 0 && at < end && left > 0; at += step) {
    const event = log.all[at];
    if (event === undefined || filter?.admits(event) === false) continue;
    left -= 1;
    yield eventAnswer(event, structuredIds);
  }
}

/** The index of the first event at or after a position. */
export function indexIn(log: EventLog, from: From): number {
  if (from === 'start') return 0;
  return from === 'end' ? log.all.length : log.indexOf(from);
}

/** Positions are like offsets in a file: a read must begin at the start of a record. */
export function isValid(log: EventLog, from: From): boolean {
  if (typeof from !== 'number' || from === 0) return true;
  const found: RecordedEvent | undefined = log.all[log.indexOf(from)];
  return found === undefined || found.position === from;
}
