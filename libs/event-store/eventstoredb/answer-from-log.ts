import {
  EventIdTaken,
  NO_STREAM,
  WrongExpectedRevision,
  type Appended,
  type EventReader,
  type StreamHead,
} from '../event-store.js';
import type { AppendToSend } from './append-messages.js';

/** An append, with what its answer is found by. */
export interface Append extends AppendToSend {
  readonly ids: readonly string[];
  readonly expected: StreamHead;
  readonly derivedIds: boolean;
}

type Log = Pick<EventReader, 'readStream'>;

/**
 * The answer to an append whose head has moved, from the log: the same events are a repeat, others a
 * conflict.
 *
 * @throws EventIdTaken, WrongExpectedRevision
 */
export async function answerFromLog(log: Log, append: Append): Promise<Appended> {
  const { stream, expected, events } = append;
  const from = expected.revision + 1;
  const there = await log.readStream(stream, { from, limit: events.length });
  const last = there.at(-1);
  const same =
    there.length === events.length && there.every(({ id }, index) => id === events[index]?.id);
  if (last !== undefined && same) {
    const head = { revision: last.revision, hash: last.hash };
    return { head, position: last.position, repeated: true };
  }
  const isHead = last === undefined && (await isHeadOf(log, stream, expected));
  throw isHead ? new EventIdTaken(stream) : new WrongExpectedRevision(stream, expected);
}

/** The answer from the log, after the server reported that these ids follow the expected head. */
export async function ownFromLog(log: Log, append: Append, hash: string): Promise<Appended> {
  const answer = await answerFromLog(log, append);
  return { ...answer, repeated: answer.head.hash !== hash };
}

async function isHeadOf(log: Log, stream: string, expected: StreamHead): Promise<boolean> {
  const [last = NO_STREAM] = await log.readStream(stream, { direction: 'backwards', limit: 1 });
  return last.revision === expected.revision && last.hash === expected.hash;
}
