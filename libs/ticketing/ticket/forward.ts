import { accept, type Given } from '../decision.js';
import type { EngineerState } from '../engineer/state.js';
import { unlessActive } from './engineer-known.js';
import { asHandlerOrLead, isOwner, type Rule } from './rule.js';
import { handlerOf, type Ticket } from './state.js';

export interface Forward extends Given {
  readonly type: 'forward';
  readonly engineerId: string;
  readonly reason?: string | undefined;
  /** What is known of that engineer, looked up with the command. */
  readonly engineer: EngineerState;
}

const forwardable = ['pending', 'processing', 'pending_feedback', 'pending_reply'] as const;

/** Passes a ticket on: the target becomes the handler, or, where nobody has taken it, the only owner. */
export const forward: Rule<Forward> = {
  who: 'the handler, or a lead; while it is pending also an owner',
  actingAs: (actor, ticket) =>
    asHandlerOrLead(actor, ticket) ??
    (ticket.state === 'pending' && isOwner(actor, ticket) ? 'engineer' : null),
  from: forwardable,
  repeats: ({ engineerId }, ticket) =>
    forwardable.some((state) => state === ticket.state) && hasIt(engineerId, ticket),
  decide: ({ engineerId, engineer, reason }, ticket, role) =>
    unlessActive(engineerId, engineer) ??
    accept(role, {
      type: 'TicketForwarded',
      data: {
        engineerId,
        became: ticket.state === 'pending' ? 'owner' : 'handler',
        from: handlerOf(ticket),
        reason: reason ?? null,
      },
    }),
};

const hasIt = (engineerId: string, ticket: Ticket): boolean =>
  ticket.state === 'pending'
    ? ticket.owners.length === 1 && ticket.owners[0] === engineerId
    : handlerOf(ticket) === engineerId;
