import type { Position } from '#event-store/event-store.js';
import type { Checkpoint } from '../checkpoint.js';

/** A checkpoint of an earlier version, without the event. */
export const at = (position: Position): Checkpoint => ({ position, event: null });
