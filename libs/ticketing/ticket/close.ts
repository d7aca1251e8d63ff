import { accept, refuseField, type Given, type Role, type Timestamp } from '../decision.js';
import type { Fact } from '../fact.js';
import { evaluationDueAt } from './evaluation.js';
import { asHandler, handlerOrLead, isLead, type Rule } from './rule.js';
import type { Ticket } from './state.js';

export interface Close extends Given {
  readonly type: 'close';
  /** Required of a lead, except as the handler of a ticket with an overdue confirmation. */
  readonly reason?: string | undefined;
}

export type CloseReason = 'confirmed' | 'unconfirmed' | 'forced';

export type TicketClosed = Fact<
  'TicketClosed',
  {
    readonly reason: CloseReason;
    /** The reason as text; never null if a lead forced the closing. */
    readonly explanation: string | null;
    /** The deadline of an evaluation; null if the confirmation has a rating. */
    readonly evaluationDueAt: Timestamp | null;
  }
>;

/**
 * Closes a ticket without the customer: by the handler once the confirmation is overdue, by a lead
 * at any time with a reason.
 */
export const close: Rule<Close, TicketClosed> = {
  summary: 'Closes a ticket without the customer.',
  who: handlerOrLead,
  from: ['pending', 'processing', 'pending_feedback', 'pending_reply', 'pending_confirmation'],
  to: 'closed',
  events: ['TicketClosed'],
  whenFull: true,
  hindrance: ({ by, at }, ticket) =>
    isLead(by) || isOverdue(ticket, at)
      ? null
      : {
          code: 'illegal_transition',
          detail:
            ticket.state === 'pending_confirmation'
              ? `The customer has until ${ticket.confirmationDueAt} to confirm; close it after that, or ask a lead.`
              : 'The handler may close a ticket only when its confirmation is overdue. Resolve it first, or ask a lead.',
        },
  decide: ({ by, reason, at }, ticket, role) => {
    if (isLead(by) && reason !== undefined) return closed('forced', 'lead', reason, at);
    if (asHandler(by, ticket) !== null && isOverdue(ticket, at)) {
      return closed('unconfirmed', role, reason ?? null, at);
    }
    return refuseField('/reason', 'A lead must give a reason to close a ticket.');
  },
};

const isOverdue = (ticket: Ticket, at: string): boolean =>
  ticket.state === 'pending_confirmation' && at >= ticket.confirmationDueAt;

const closed = (
  reason: 'forced' | 'unconfirmed',
  role: Role,
  explanation: string | null,
  at: string,
) =>
  accept(role, {
    type: 'TicketClosed' as const,
    data: { reason, explanation, evaluationDueAt: evaluationDueAt(at) },
  });
