import { Query } from '@nestjs/cqrs';
import type { Actor } from '#ticketing/decision.js';
import type { HistoryRequest } from './history-request.js';
import type { ListTicketsRequest } from './list-tickets-request.js';
import type { PageRequest, QueryRequest } from '../query-requests.js';

/** Queries on tickets, on their way to the handler: who asks, and what, validated already. */

export class ListTickets extends Query<object> {
  constructor(
    readonly actor: Actor,
    readonly request: ListTicketsRequest,
  ) {
    super();
  }
}

export class ShowTicket extends Query<object> {
  constructor(
    readonly actor: Actor,
    readonly ticketId: string,
    readonly request: QueryRequest,
  ) {
    super();
  }
}

export class TellHistory extends Query<object> {
  constructor(
    readonly actor: Actor,
    readonly ticketId: string,
    readonly request: HistoryRequest,
  ) {
    super();
  }
}

export class ListTodos extends Query<object> {
  constructor(
    readonly actor: Actor,
    readonly request: PageRequest,
  ) {
    super();
  }
}
