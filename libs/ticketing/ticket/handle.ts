import { accept, type Given } from '../decision.js';
import { asHandler, asLead, isOwner, type Rule } from './rule.js';
import { handlerOf } from './state.js';

export interface Handle extends Given {
  readonly type: 'handle';
  readonly reason?: string | undefined;
}

/** An engineer takes a ticket that was dispatched to them; a lead takes any. */
export const handle: Rule<Handle> = {
  who: 'one of the owners, or a lead',
  actingAs: (actor, ticket) =>
    asLead(actor) ?? asHandler(actor, ticket) ?? (isOwner(actor, ticket) ? 'engineer' : null),
  from: ['pending'],
  repeats: ({ by }, ticket) => handlerOf(ticket) === by.id && ticket.state !== 'closed',
  decide: ({ by, reason }, _ticket, role) =>
    accept(role, {
      type: 'TicketAssigned',
      data: { engineerId: by.id, how: 'claimed', reason: reason ?? null },
    }),
};
