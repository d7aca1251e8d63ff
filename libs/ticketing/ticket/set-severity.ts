import { accept, type Given } from '../decision.js';
import { asHandlerOrLead, type Rule } from './rule.js';
import type { Severity } from './state.js';

export interface SetSeverity extends Given {
  readonly type: 'severity';
  readonly severity: Severity;
}

/** How grave it is, as the handler or a lead sees it. Setting it again is a judgement of its own. */
export const setSeverity: Rule<SetSeverity> = {
  who: 'the handler, or a lead',
  actingAs: asHandlerOrLead,
  from: ['pending', 'processing', 'pending_feedback', 'pending_reply', 'pending_confirmation'],
  decide: ({ severity }, _ticket, role) =>
    accept(role, { type: 'TicketSeveritySet', data: { severity } }),
};
