import type { JsonObject, Position } from '#event-store/event-store.js';
import type { Refusal } from './decider.js';

/** A command succeeded: now, earlier (its answer was found in the log), or with nothing to do. */
export interface Done {
  readonly kind: 'done';
  readonly replayed: boolean;
  readonly revision: number;
  readonly position: Position;
  /** The types of the events that the command led to; none for a harmless repeat. */
  readonly events: readonly string[];
  /** The decider's description of the state after the command. */
  readonly after: JsonObject | null;
}

export type Outcome =
  | Done
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'revision_mismatch'; readonly revision: number }
  | { readonly kind: 'idempotency_key_reused' };
