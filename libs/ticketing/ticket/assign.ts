import { accept, type Given } from '../decision.js';
import type { EngineerState } from '../engineer/state.js';
import { unlessActive } from './engineer-known.js';
import { asLead, type Rule } from './rule.js';

export interface Assign extends Given {
  readonly type: 'assign';
  readonly engineerId: string;
  /** What is known of that engineer, looked up with the command. */
  readonly engineer: EngineerState;
}

/** A lead gives a pending ticket to an engineer. */
export const assign: Rule<Assign> = {
  who: 'a lead',
  actingAs: asLead,
  from: ['pending'],
  decide: ({ engineerId, engineer }, _ticket, role) =>
    unlessActive(engineerId, engineer) ??
    accept(role, { type: 'TicketAssigned', data: { engineerId, how: 'assigned', reason: null } }),
};
