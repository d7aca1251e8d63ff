import { accept, type Given } from '../decision.js';
import type { TicketAssigned } from './assign.js';
import { asHandler, asLead, isOwner, STAFF, type Rule } from './rule.js';
import { handlerOf } from './state.js';

export interface Handle extends Given {
  readonly type: 'handle';
  readonly reason?: string | undefined;
}

/** An engineer takes a ticket that was dispatched to them; a lead takes any. */
export const handle: Rule<Handle, TicketAssigned> = {
  summary: 'Takes a ticket.',
  who: {
    words: 'one of the owners, or a lead',
    roles: STAFF,
    actingAs: (actor, ticket) =>
      asLead(actor) ?? asHandler(actor, ticket) ?? (isOwner(actor, ticket) ? 'engineer' : null),
  },
  from: ['pending'],
  to: 'processing',
  events: ['TicketAssigned'],
  whenFull: true,
  takes: true,
  repeats: ({ by }, ticket) => handlerOf(ticket) === by.id && ticket.state !== 'closed',
  decide: ({ by, reason }, _ticket, role) =>
    accept(role, {
      type: 'TicketAssigned',
      data: { engineerId: by.id, how: 'claimed', reason: reason ?? null },
    }),
};
