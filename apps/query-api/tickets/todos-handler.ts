import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { waitsForCustomer, waitsForStaff, type TicketView } from '#projections/tickets.js';
import type { Actor } from '#ticketing/decision.js';
import { staffRole } from '#ticketing/ticket/rule.js';
import { Freshness } from '../freshness.js';
import { readPage } from '../paging.js';
import { Views } from '#projections/views.js';
import { ServiceNames } from '../service-names.js';
import type { TicketList } from './list-tickets-query.js';
import { ListTodos } from './list-todos-query.js';
import { listItem } from './ticket-page.js';

@QueryHandler(ListTodos)
export class TodosHandler implements IQueryHandler<ListTodos> {
  constructor(
    private readonly readModels: Views,
    private readonly freshness: Freshness,
    private readonly services: ServiceNames,
  ) {}

  async execute({ actor, request }: ListTodos): Promise<TicketList> {
    const { tickets } = this.readModels;
    const position = await this.freshness.reached(request.minPosition, tickets);
    const { found, nextCursor } = await readPage<TicketView>(tickets, {
      where: [{ list: 'waitsFor', has: waitingKey(actor) }],
      sort: { field: 'updatedAt', descending: false },
      sortValue: ({ updatedAt }) => updatedAt,
      limit: request.limit,
      cursor: request.cursor,
    });
    const serviceOf = await this.services.of(found.map(({ view }) => view.ticket.serviceId));
    const items = found.map(({ view }) => listItem(view, serviceOf(view.ticket.serviceId), actor));
    return { items, nextCursor, position: position.toString() };
  }
}

/** An actor who is both staff and customer gets the tickets that wait for them as staff. */
const waitingKey = (actor: Actor): string =>
  staffRole(actor) !== null ? waitsForStaff(actor.id) : waitsForCustomer(actor);
