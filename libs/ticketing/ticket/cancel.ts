import { accept, type Given } from '../decision.js';
import { asRequester, type Rule } from './rule.js';

export interface Cancel extends Given {
  readonly type: 'cancel';
  readonly reason?: string | undefined;
}

/** The customer withdraws a ticket that nobody has taken yet. */
export const cancel: Rule<Cancel> = {
  who: 'the requester',
  actingAs: asRequester,
  from: ['pending'],
  decide: ({ reason }, _ticket, role) =>
    accept(role, { type: 'TicketCanceled', data: { reason: reason ?? null } }),
};
