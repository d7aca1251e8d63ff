import { accept, type Given } from '../decision.js';
import type { EngineerState } from '../engineer/state.js';
import type { Fact } from '../fact.js';
import { unlessActive } from './engineer-known.js';
import { asHandlerOrLead, isOwner, STAFF, type Rule } from './rule.js';
import { handlerOf, type Ticket } from './state.js';

export interface Forward extends Given {
  readonly type: 'forward';
  readonly engineerId: string;
  readonly reason?: string | undefined;
  /** The state of that engineer, loaded with the command. */
  readonly engineer: EngineerState;
}

export type TicketForwarded = Fact<
  'TicketForwarded',
  {
    readonly engineerId: string;
    /** `handler` if the ticket had a handler, otherwise `owner`: the target is the only one. */
    readonly became: 'handler' | 'owner';
    /** The former handler; null if there was none. */
    readonly from: string | null;
    readonly reason: string | null;
  }
>;

const forwardable = ['pending', 'processing', 'pending_feedback', 'pending_reply'] as const;

/** Makes the target the handler, or the only owner while no engineer has taken the ticket. */
export const forward: Rule<Forward, TicketForwarded> = {
  summary: 'Passes a ticket to another engineer.',
  who: {
    words: 'the handler, or a lead; while it is pending also an owner',
    roles: STAFF,
    actingAs: (actor, ticket) =>
      asHandlerOrLead(actor, ticket) ??
      (ticket.state === 'pending' && isOwner(actor, ticket) ? 'engineer' : null),
  },
  from: forwardable,
  events: ['TicketForwarded'],
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
