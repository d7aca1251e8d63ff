import { Query } from '@nestjs/cqrs';
import type { Actor } from '#ticketing/decision.js';
import type { PageRequest } from '../query-requests.js';
import type { TicketList } from './list-tickets-query.js';

/** The tickets that wait for the actor. */
export class ListTodos extends Query<TicketList> {
  constructor(
    readonly actor: Actor,
    readonly request: PageRequest,
  ) {
    super();
  }
}
