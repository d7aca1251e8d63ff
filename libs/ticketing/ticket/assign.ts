import { accept, type Given } from '../decision.js';
import type { EngineerState } from '../engineer/state.js';
import type { Fact } from '../fact.js';
import { unlessActive } from './engineer-known.js';
import { lead, type Rule } from './rule.js';

export interface Assign extends Given {
  readonly type: 'assign';
  readonly engineerId: string;
  /** The state of that engineer, loaded with the command. */
  readonly engineer: EngineerState;
}

export type TicketAssigned = Fact<
  'TicketAssigned',
  {
    readonly engineerId: string;
    /** `claimed`: the engineer took the ticket. `assigned`: a lead gave it to them. */
    readonly how: 'claimed' | 'assigned';
    readonly reason: string | null;
  }
>;

/** A lead gives a pending ticket to an engineer. */
export const assign: Rule<Assign, TicketAssigned> = {
  summary: 'Gives a pending ticket to an engineer.',
  who: lead,
  from: ['pending'],
  to: 'processing',
  events: ['TicketAssigned'],
  whenFull: true,
  takes: true,
  decide: ({ engineerId, engineer }, _ticket, role) =>
    unlessActive(engineerId, engineer) ??
    accept(role, { type: 'TicketAssigned', data: { engineerId, how: 'assigned', reason: null } }),
};
