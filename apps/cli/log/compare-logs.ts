import { createHash } from 'node:crypto';
import {
  START,
  type EventReader,
  type Position,
  type RecordedEvent,
} from '#event-store/event-store.js';
import { seal } from '#event-store/integrity/chain.js';
import { logEvents } from './log-events.js';

/** What two logs have in common, from the first event on. */
export class CommonPart {
  events = 0;
  /** The last event of it in either log. */
  sourcePosition: Position = START;
  targetPosition: Position = START;
  readonly #digest = createHash('sha256');

  add(source: RecordedEvent, target: RecordedEvent): void {
    this.events += 1;
    this.sourcePosition = source.position;
    this.targetPosition = target.position;
    this.#digest.update(source.hash);
  }

  /** SHA-256 over the hashes of all its events, in order: one text for the whole history. */
  get digest(): string {
    return this.#digest.copy().digest('hex');
  }
}

/** Two logs that are not one the copy of the other, or a log that was altered. */
export class LogsDiffer extends Error {
  override readonly name = 'LogsDiffer';
}

/**
 * Goes on comparing two logs behind what they are known to have in common, event by event, until the
 * target ends. What was compared is added to that.
 *
 * @throws LogsDiffer where an event is another one, or is not what its hash says.
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
        `The target holds another history: behind ${common.events} events that are the same, the source goes on with ${nameOf(original)}, the target with ${nameOf(copy)}. Copy into an empty log, or into one that was copied from this source.`,
      );
    }
    checkHash(original);
    checkHash(copy);
    common.add(original, copy);
    advanced(original.position);
  }
}

/** @throws LogsDiffer where an event's content is not what its hash says. */
export function checkHash(event: RecordedEvent): void {
  const before = { revision: event.revision - 1, hash: event.previousHash };
  const [sealed] = seal(event.stream, before, [event]);
  if (sealed?.hash === event.hash) return;
  throw new LogsDiffer(
    `${nameOf(event)} was altered: its hash is ${event.hash}, its content hashes to ${sealed?.hash ?? 'nothing'}. Nothing of it was copied. Restore the log from a backup.`,
  );
}

const nameOf = ({ type, stream, revision, id }: RecordedEvent): string =>
  `${type} (revision ${revision} of ${stream}, id ${id})`;
