import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { TicketView } from '#projections/tickets.js';
import { Freshness } from '../freshness.js';
import { readPage } from '../paging.js';
import { Views } from '#projections/views.js';
import { ServiceNames } from '../service-names.js';
import { conditionsOf, searchedWords } from './list-tickets-conditions.js';
import { ListTickets, type TicketList } from './list-tickets-query.js';
import { listItem } from './ticket-page.js';

@QueryHandler(ListTickets)
export class ListTicketsHandler implements IQueryHandler<ListTickets> {
  constructor(
    private readonly readModels: Views,
    private readonly freshness: Freshness,
    private readonly services: ServiceNames,
  ) {}

  async execute({ actor, request }: ListTickets): Promise<TicketList> {
    const { minPosition, sort = '-updatedAt', limit, cursor } = request;
    const where = [
      ...conditionsOf(actor, request),
      ...searchedWords(request).map((word) => ({ list: 'words', has: word })),
    ];
    const field = sort.endsWith('createdAt') ? 'createdAt' : 'updatedAt';
    const { tickets } = this.readModels;
    const position = await this.freshness.reached(minPosition, tickets);
    const { found, nextCursor } = await readPage<TicketView>(tickets, {
      where,
      sort: { field, descending: sort.startsWith('-') },
      sortValue: (view) => view[field],
      limit,
      cursor,
    });
    const serviceOf = await this.services.of(found.map(({ view }) => view.ticket.serviceId));
    const items = found.map(({ view }) => listItem(view, serviceOf(view.ticket.serviceId), actor));
    return { items, nextCursor, position: position.toString() };
  }
}
