import type { StreamHead } from '../event-store.js';
import type { SealedEvent } from '../integrity/chain.js';

/**
 * One append, sealed already, so that the writer thread only writes. One without events writes
 * nothing to the log, and fails if the log cannot be written.
 */
export interface AppendRequest {
  readonly stream: string;
  readonly expected: StreamHead;
  readonly events: readonly SealedEvent[];
}

export type AppendOutcome =
  | { readonly kind: 'appended' | 'repeated'; readonly position: number; readonly hash: string }
  | { readonly kind: 'wrong_expected_revision' | 'event_id_taken' }
  | { readonly kind: 'unavailable'; readonly reason: string };
