import {
  START,
  type EventReader,
  type Position,
  type RecordedEvent,
} from '#event-store/event-store.js';

/**
 * The progress of a consumer. It names the event at its position, so that it detects a log
 * that was restored, cut or exchanged, even if it has grown since.
 */
export interface Checkpoint {
  readonly position: Position;
  /**
   * The event at the position; null at the start, and in checkpoints of earlier versions. A command
   * that clients repeat on a restored log may get its old event ids and positions again, so the hash
   * is compared, too.
   */
  readonly event: Pick<RecordedEvent, 'id' | 'hash'> | null;
}

export const AT_START: Checkpoint = { position: START, event: null };

/** A damaged event has no identity to compare. */
export const checkpointAt = ({ position, id, hash, damage }: RecordedEvent): Checkpoint => ({
  position,
  event: damage === undefined ? { id, hash } : null,
});

/** The log is not the one that a consumer has followed: the two histories must not be mixed. */
export class LogReplaced extends Error {
  override readonly name = 'LogReplaced';
  constructor({ position, event }: Checkpoint, found: RecordedEvent | null) {
    super(
      `The log has ${found === null ? 'no event' : 'another event'} at position ${position}, where event ${event?.id ?? 'of unknown id'} was read before: it was cut, restored to an earlier point, or exchanged. Put the right log back, or rebuild from this one: start with --rebuild, run "tickets projections rebuild", or call POST /api/v1/admin/projections/{name}/rebuild.`,
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
  const found = await log.eventAt(checkpoint.position);
  // Whether a damaged event was another one cannot be known: its own stream is parked.
  if (found?.damage !== undefined) return;
  const { id, hash } = checkpoint.event ?? found ?? {};
  if (found === null || found.id !== id || found.hash !== hash)
    throw new LogReplaced(checkpoint, found);
}
