import { Query } from '@nestjs/cqrs';
import type { Actor } from '#ticketing/decision.js';
import type { Until } from '#projections/past/events-until.js';
import type { ListTicketsRequest } from '../tickets/list-tickets-request.js';
import type { ShowTicketRequest } from '../tickets/show-ticket-request.js';

/** Queries on tickets as they were. */

export class ListPastTickets extends Query<object> {
  constructor(
    readonly actor: Actor,
    /** In milliseconds since 1970. */
    readonly time: number,
    readonly request: ListTicketsRequest,
  ) {
    super();
  }
}

export class ShowPastTicket extends Query<object> {
  constructor(
    readonly actor: Actor,
    readonly ticketId: string,
    readonly until: Until,
    readonly request: ShowTicketRequest,
  ) {
    super();
  }
}
