import { Query } from '@nestjs/cqrs';
import type { Actor } from '#ticketing/decision.js';
import type { ListTicketsRequest, TicketList } from '../tickets/list-tickets-query.js';

/** The tickets as they were at a time. */
export class ListPastTickets extends Query<TicketList> {
  constructor(
    readonly actor: Actor,
    /** In milliseconds since 1970. */
    readonly time: number,
    readonly request: ListTicketsRequest,
  ) {
    super();
  }
}
