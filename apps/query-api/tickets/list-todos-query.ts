import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { waitsForCustomer, waitsForStaff } from '#projections/tickets.js';
import { Views } from '#projections/views.js';
import type { Actor } from '#ticketing/decision.js';
import { staffRole } from '#ticketing/ticket/rule.js';
import { Freshness } from '../freshness.js';
import { readPage } from '../paging.js';
import { ActorQuery } from '../queries.js';
import type { PageRequest } from '../query-requests.js';
import { serviceNames } from '../service-names.js';
import type { TicketList } from './list-tickets-query.js';
import { listItem } from './ticket-item.js';

/** The tickets that wait for the actor. */
export class ListTodos extends ActorQuery<PageRequest, TicketList> {}

@QueryHandler(ListTodos)
export class ListTodosHandler implements IQueryHandler<ListTodos> {
  constructor(
    private readonly readModels: Views,
    private readonly freshness: Freshness,
  ) {}

  async execute({ actor, request }: ListTodos): Promise<TicketList> {
    const { tickets, services } = this.readModels;
    const position = await this.freshness.reached(request.minPosition, tickets);
    const { found, nextCursor } = await readPage(tickets, request, {
      where: [{ list: 'waitsFor', has: waitingKey(actor) }],
      sort: { field: 'updatedAt', descending: false },
    });
    const serviceIds = found.map(({ view }) => view.ticket.serviceId);
    const serviceOf = await serviceNames(serviceIds, (id) => services.get(id));
    const items = found.map(({ view }) => listItem(view, serviceOf(view.ticket.serviceId), actor));
    return { items, nextCursor, position: position.toString() };
  }
}

/** An actor who is both staff and customer gets the tickets that wait for them as staff. */
const waitingKey = (actor: Actor): string =>
  staffRole(actor) !== null ? waitsForStaff(actor.id) : waitsForCustomer(actor);
