import {
  START,
  StoreUnavailable,
  type Position,
  type RecordedEvent,
  type StreamHead,
} from './event-store.js';

/** Where a history is damaged. */
export interface DamagedPlace {
  readonly stream: string;
  readonly revision: number;
  /** That of the damaged record, or of the first one after a missing event; `START` if unknown. */
  readonly position: Position;
}

/**
 * A stream is not what was appended: a record was altered, is missing, or another program wrote it.
 * The message names the place and nothing of the content.
 */
export class HistoryDamaged extends Error {
  override readonly name = 'HistoryDamaged';

  constructor(
    { stream, revision, position }: DamagedPlace,
    /** What is wrong, such as "was altered". */
    readonly problem: string,
  ) {
    super(
      `The history of ${stream} is damaged: the event of revision ${revision}${position === START ? '' : ` at position ${position}`} ${problem}. Restore the log from a backup.`,
    );
    this.place = { stream, revision, position };
  }

  readonly place: DamagedPlace;

  /** The damage that a message reported earlier; null for another error's message. */
  static reported(place: DamagedPlace, message: string): HistoryDamaged | null {
    const problem =
      /^The history of .*: the event of revision \d+(?: at position \d+)? (.*)\. Restore the log/.exec(
        message,
      )?.[1];
    return problem === undefined ? null : new HistoryDamaged(place, problem);
  }
}

/** The damage of a stream that another program deleted. */
export const DELETED = 'was deleted with its whole stream';

/** Another program wrote the record, with a hash that is right. */
export const wrongShape = (place: DamagedPlace): HistoryDamaged =>
  new HistoryDamaged(place, 'has not the shape of its type');

/** Of a stream that is known from elsewhere, nothing is left. */
export const lostStream = (stream: string): HistoryDamaged =>
  new HistoryDamaged({ stream, revision: 0, position: START }, 'is missing');

/** A part of the log is damaged that the histories of many streams need. */
export class LogDamaged extends StoreUnavailable {
  override readonly name = 'LogDamaged';
  constructor(cause: unknown) {
    super(
      'A part of the log that many histories need is damaged. Stop the service and restore the log from a backup.',
      { cause },
    );
  }
}

/** @throws HistoryDamaged if the stored record was not what was appended. */
export function requireIntact(event: DamagedPlace & Pick<RecordedEvent, 'damage'>): void {
  if (event.damage !== undefined) throw new HistoryDamaged(event, event.damage);
}

/**
 * Checks that events of a stream are intact and follow each other without gap, each with the hash of
 * the one before.
 *
 * @param before - the event before them; null if it is unknown
 * @throws HistoryDamaged at the first event that is not
 */
export function requireHistory(
  stream: string,
  before: StreamHead | null,
  events: readonly RecordedEvent[],
): void {
  let last: (StreamHead & Partial<Pick<RecordedEvent, 'position'>>) | null = before;
  for (const event of events) {
    const problem = last === null ? linkProblem(stream, event) : chainProblem(stream, last, event);
    if (problem !== null) {
      const revision = last === null ? event.revision : last.revision + 1;
      throw new HistoryDamaged({ stream, revision, position: event.position }, problem);
    }
    last = event;
  }
}

const linkProblem = (stream: string, event: RecordedEvent): string | null =>
  event.damage ?? (event.stream === stream ? null : 'is of another stream');

function chainProblem(
  stream: string,
  before: StreamHead & Partial<Pick<RecordedEvent, 'position'>>,
  event: RecordedEvent,
): string | null {
  if (event.revision > before.revision + 1) return 'is missing';
  if (event.revision <= before.revision) return 'is followed by an earlier one';
  const problem = linkProblem(stream, event);
  if (problem !== null) return problem;
  if (event.position <= (before.position ?? START)) return 'is before an earlier one in the log';
  return event.previousHash === before.hash ? null : 'does not follow the one before it';
}

/**
 * Applies an event to what its stream has led to before.
 *
 * @throws HistoryDamaged if that fails: another program wrote it, or one before it
 */
export function fitting<Result>(event: DamagedPlace, apply: () => Result): Result {
  try {
    return apply();
  } catch (error) {
    if (error instanceof HistoryDamaged) throw error;
    throw new HistoryDamaged(event, 'does not fit what happened before it');
  }
}
