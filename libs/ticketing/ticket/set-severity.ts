import { accept, type Given } from '../decision.js';
import type { Fact } from '../fact.js';
import { handlerOrLead, type Rule } from './rule.js';
import type { Severity } from './state.js';

export interface SetSeverity extends Given {
  readonly type: 'severity';
  readonly severity: Severity;
}

export type TicketSeveritySet = Fact<'TicketSeveritySet', { readonly severity: Severity }>;

/** Sets the severity. Setting the same one again appends an event: it is another assessment. */
export const setSeverity: Rule<SetSeverity, TicketSeveritySet> = {
  summary: 'Sets the severity.',
  who: handlerOrLead,
  from: ['pending', 'processing', 'pending_feedback', 'pending_reply', 'pending_confirmation'],
  events: ['TicketSeveritySet'],
  decide: ({ severity }, _ticket, role) =>
    accept(role, { type: 'TicketSeveritySet', data: { severity } }),
};
