import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Parts } from '#platform/openapi/answer-members.js';
import { Views } from '#projections/views.js';
import { Freshness } from '../freshness.js';
import { PageAnswer } from '../page-answer.js';
import { readPage } from '../paging.js';
import { ActorQuery } from '../queries.js';
import { serviceNames } from '../service-names.js';
import { conditionsOf, searchedWords, type ListTicketsRequest } from './list-tickets-request.js';
import { listItem, TicketItem } from './ticket-item.js';

export class TicketList extends PageAnswer {
  @Parts(() => TicketItem)
  readonly items!: readonly TicketItem[];
}

/** The tickets as they are now. */
export class ListTickets extends ActorQuery<ListTicketsRequest, TicketList> {}

@QueryHandler(ListTickets)
export class ListTicketsHandler implements IQueryHandler<ListTickets> {
  constructor(
    private readonly readModels: Views,
    private readonly freshness: Freshness,
  ) {}

  async execute({ actor, request }: ListTickets): Promise<TicketList> {
    const { minPosition, sort = '-updatedAt' } = request;
    const where = [
      ...conditionsOf(actor, request),
      ...searchedWords(request).map((word) => ({ list: 'words', has: word })),
    ];
    const field = sort.endsWith('createdAt') ? 'createdAt' : 'updatedAt';
    const { tickets, services } = this.readModels;
    const position = await this.freshness.reached(minPosition, tickets);
    const { found, nextCursor } = await readPage(tickets, request, {
      where,
      sort: { field, descending: sort.startsWith('-') },
    });
    const serviceIds = found.map(({ view }) => view.ticket.serviceId);
    const serviceOf = await serviceNames(serviceIds, (id) => services.get(id));
    const items = found.map(({ view }) => listItem(view, serviceOf(view.ticket.serviceId), actor));
    return { items, nextCursor, position: position.toString() };
  }
}
