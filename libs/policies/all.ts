import type { Projection } from '#projections/projection.js';
import { waitingTickets } from './dispatch-policy.js';

/** The state of every policy. Add a new one here. */
export const policyStates = [waitingTickets] as readonly unknown[] as readonly Projection<object>[];
