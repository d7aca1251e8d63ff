import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Parts } from '#platform/openapi/answer-members.js';
import { System } from '#platform/system.js';
import { Views } from '#projections/views.js';
import { Freshness } from '../freshness.js';
import { PageAnswer } from '../page-answer.js';
import { readPage } from '../paging.js';
import { ActorQuery } from '../queries.js';
import { conditionsOf, searchedWords, type ListTicketsRequest } from './list-tickets-request.js';
import { TicketItem } from './ticket-item.js';
import { ticketRows } from './ticket-rows.js';

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
    private readonly system: System,
  ) {}

  async execute({ actor, request }: ListTickets): Promise<TicketList> {
    const { minPosition, sort = '-updatedAt' } = request;
    const where = [
      ...conditionsOf(actor, request),
      ...searchedWords(request).map((word) => ({ list: 'words', has: [word] })),
    ];
    const field = sort.endsWith('createdAt') ? 'createdAt' : 'updatedAt';
    const { tickets, services, engineers } = this.readModels;
    const position = await this.freshness.reached(minPosition, tickets, engineers);
    const { found, nextCursor } = await readPage(tickets, request, {
      where,
      sort: { field, descending: sort.startsWith('-') },
    });
    const views = found.map(({ view }) => view);
    const findService = (id: string) => services.get(id);
    const now = this.system.now();
    const items = await ticketRows(views, actor, this.readModels, findService, now);
    return { items, nextCursor, position: position.toString() };
  }
}
