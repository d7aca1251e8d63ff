import { START, type EventReader, type Position } from '#event-store/event-store.js';

/**
 * The progress of a consumer. It names the event at its position, so that a log that
 * was restored, cut or exchanged is noticed, however long it has grown since.
 */
export interface Checkpoint {
  readonly position: Position;
  /** The id of the event at the position; null at the start, and in checkpoints of earlier versions. */
  readonly eventId: string | null;
}

export const AT_START: Checkpoint = { position: START, eventId: null };

/** The log is not the one that a consumer has followed: the two histories must not be mixed. */
export class LogReplaced extends Error {
  override readonly name = 'LogReplaced';
  constructor({ position, eventId }: Checkpoint, found: string | null) {
    super(
      `The log has ${found === null ? 'no event' : `event ${found}`} at position ${position}, where event ${eventId} was read before: it was cut, restored to an earlier point, or exchanged. Put the right log back, or rebuild from this one: start with --rebuild, run "tickets projections rebuild", or call POST /api/v1/admin/projections/{name}/rebuild.`,
    );
  }
}

/**
 * Compares a checkpoint with the log.
 *
 * @throws LogReplaced if the log has another event, or none, at its position.
 */
export async function verifyCheckpoint(
  log: Pick<EventReader, 'eventAt'>,
  checkpoint: Checkpoint,
): Promise<void> {
  if (checkpoint.position === START) return;
  const event = await log.eventAt(checkpoint.position);
  const isSame = event !== null && [event.id, null].includes(checkpoint.eventId);
  if (!isSame) throw new LogReplaced(checkpoint, event?.id ?? null);
}
