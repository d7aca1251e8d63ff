import { accept, type Given } from '../decision.js';
import type { Fact } from '../fact.js';
import { requester, type Rule } from './rule.js';

export interface Cancel extends Given {
  readonly type: 'cancel';
  readonly reason?: string | undefined;
}

export type TicketCanceled = Fact<'TicketCanceled', { readonly reason: string | null }>;

/** The customer cancels a ticket that no engineer has taken. */
export const cancel: Rule<Cancel, TicketCanceled> = {
  summary: 'Cancels a ticket that no engineer has taken.',
  who: requester,
  from: ['pending'],
  to: 'canceled',
  events: ['TicketCanceled'],
  whenFull: true,
  decide: ({ reason }, _ticket, role) =>
    accept(role, { type: 'TicketCanceled', data: { reason: reason ?? null } }),
};
