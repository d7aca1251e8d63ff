import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { System } from '#platform/system.js';
import { waitsForCustomer, waitsForStaff } from '#projections/tickets.js';
import { Views } from '#projections/views.js';
import type { Actor } from '#ticketing/decision.js';
import { staffRole } from '#ticketing/ticket/rule.js';
import { Freshness } from '../freshness.js';
import { readPage } from '../paging.js';
import { ActorQuery } from '../queries.js';
import type { PageRequest } from '../query-requests.js';
import type { TicketList } from './list-tickets-query.js';
import { ticketRows } from './ticket-rows.js';

/** The tickets that wait for the actor. */
export class ListTodos extends ActorQuery<PageRequest, TicketList> {}

@QueryHandler(ListTodos)
export class ListTodosHandler implements IQueryHandler<ListTodos> {
  constructor(
    private readonly readModels: Views,
    private readonly freshness: Freshness,
    private readonly system: System,
  ) {}

  async execute({ actor, request }: ListTodos): Promise<TicketList> {
    const { tickets, services, engineers } = this.readModels;
    const position = await this.freshness.reached(request.minPosition, tickets, engineers);
    const { found, nextCursor } = await readPage(tickets, request, {
      where: [{ list: 'waitsFor', has: [waitingKey(actor)] }],
      sort: { field: 'updatedAt', descending: false },
    });
    const views = found.map(({ view }) => view);
    const findService = (id: string) => services.get(id);
    const now = this.system.now();
    const items = await ticketRows(views, actor, this.readModels, findService, now);
    return { items, nextCursor, position: position.toString() };
  }
}

/** An actor who is both staff and customer gets the tickets that wait for them as staff. */
const waitingKey = (actor: Actor): string =>
  staffRole(actor) !== null ? waitsForStaff(actor.id) : waitsForCustomer(actor);
