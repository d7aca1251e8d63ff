import { createHash } from 'node:crypto';
import {
  START,
  type EventReader,
  type Position,
  type RecordedEvent,
} from '#event-store/event-store.js';
import { seal } from '#event-store/integrity/chain.js';
import { logEvents } from './log-events.js';

/** The common prefix of two logs. */
export class CommonPart {
  events = 0;
  /** The position of its last event in each log. */
  sourcePosition: Position = START;
  targetPosition: Position = START;
  readonly #digest = createHash('sha256');

  add(source: RecordedEvent, target: RecordedEvent): void {
    this.events += 1;
    this.sourcePosition = source.position;
    this.targetPosition = target.position;
    this.#digest.update(source.hash);
  }

  /** SHA-256 over the hashes of all its events, in order. */
  get digest(): string {
    return this.#digest.copy().digest('hex');
  }
}

/** Neither log is a copy of the other, or a log was altered. */
export class LogsDiffer extends Error {
  override readonly name = 'LogsDiffer';
}

/**
 * Compares two logs after their known common prefix, event by event, until the
 * target ends, and extends the prefix.
 *
 * @throws LogsDiffer if two events differ, or an event does not match its hash.
 */
export async function compareLogs(
  source: EventReader,
  target: EventReader,
  common: CommonPart,
  { signal, advanced }: { signal: AbortSignal; advanced: (reached: Position) => void },
): Promise<void> {
  const originals = logEvents(source, common.sourcePosition);
  for await (const copy of logEvents(target, common.targetPosition)) {
    if (signal.aborted) return;
    const { value: original } = (await originals.next()) as { value: RecordedEvent | undefined };
    if (original === undefined) {
      throw new LogsDiffer(
        `The target has more events than the source, from ${nameOf(copy)} on. Copy into an empty log, or into one that was copied from this source.`,
      );
    }
    if (original.id !== copy.id || original.hash !== copy.hash || original.stream !== copy.stream) {
      throw new LogsDiffer(
        `The target has a different history: after ${common.events} equal events the source has ${nameOf(original)} and the target has ${nameOf(copy)}. Copy into an empty log, or into one that was copied from this source.`,
      );
    }
    checkHash(original);
    checkHash(copy);
    common.add(original, copy);
    advanced(original.position);
  }
}

/** @throws LogsDiffer if an event does not match its hash. */
export function checkHash(event: RecordedEvent): void {
  const before = { revision: event.revision - 1, hash: event.previousHash };
  const [sealed] = seal(event.stream, before, [event]);
  if (sealed?.hash === event.hash) return;
  throw new LogsDiffer(
    `${nameOf(event)} was altered: its hash is ${event.hash}, its content hashes to ${sealed?.hash ?? 'nothing'}. It was not copied. Restore the log from a backup.`,
  );
}

const nameOf = ({ type, stream, revision, id }: RecordedEvent): string =>
  `${type} (revision ${revision} of ${stream}, id ${id})`;
