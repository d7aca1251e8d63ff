import type { Position } from '#event-store/event-store.js';
import type { Checkpoint } from '../checkpoint.js';

/** A checkpoint at a position, as an earlier version wrote it: without the event's id. */
export const at = (position: Position): Checkpoint => ({ position, eventId: null });
