import { Query } from '@nestjs/cqrs';
import type { Until } from '#projections/past/events-until.js';
import type { Actor } from '#ticketing/decision.js';
import type { ShowTicketRequest, TicketPage } from '../tickets/show-ticket-query.js';

/** A ticket as it was at a time or a revision. */
export class ShowPastTicket extends Query<TicketPage> {
  constructor(
    readonly actor: Actor,
    readonly ticketId: string,
    readonly until: Until,
    readonly request: ShowTicketRequest,
  ) {
    super();
  }
}
