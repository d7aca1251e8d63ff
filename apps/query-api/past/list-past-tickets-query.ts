import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { EventReader } from '#event-store/event-store.js';
import { Views } from '#projections/views.js';
import type { Actor } from '#ticketing/decision.js';
import { readCursor, writeCursor } from '../cursor.js';
import { Freshness } from '../freshness.js';
import { DEFAULT_LIMIT } from '../paging.js';
import type { TicketList } from '../tickets/list-tickets-query.js';
import {
  conditionsOf,
  searchedWords,
  type ListTicketsRequest,
} from '../tickets/list-tickets-request.js';
import { listItem } from '../tickets/ticket-item.js';
import { readPastPage } from './past-page.js';
import { pastServiceNames } from './past-service-names.js';

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

/** The list as it was: the periods of tickets find its items, and the log is folded into each. */
@QueryHandler(ListPastTickets)
export class ListPastTicketsHandler implements IQueryHandler<ListPastTickets> {
  constructor(
    private readonly readModels: Views,
    private readonly freshness: Freshness,
    private readonly log: EventReader,
  ) {}

  async execute({ actor, time, request }: ListPastTickets): Promise<TicketList> {
    const { minPosition, sort = '-updatedAt', limit = DEFAULT_LIMIT, cursor } = request;
    const field = sort.endsWith('createdAt') ? 'createdAt' : 'from';
    const where = conditionsOf(actor, request);
    const words = searchedWords(request);
    const query = {
      time,
      where,
      sort: { field, descending: sort.startsWith('-') },
    } as const;
    const identity = { ...query, words };
    const after = cursor === undefined ? undefined : readCursor(identity, cursor);
    const { ticketPeriods: periods } = this.readModels;
    const position = await this.freshness.reached(minPosition, periods);
    const { views, next } = await readPastPage(
      { periods, log: this.log },
      { ...query, limit, ...(after === undefined ? {} : { after }) },
      words,
    );
    const serviceIds = views.map(({ ticket }) => ticket.serviceId);
    const serviceOf = await pastServiceNames(this.log, serviceIds, time);
    return {
      items: views.map((view) => listItem(view, serviceOf(view.ticket.serviceId), actor)),
      nextCursor: next === null ? null : writeCursor(identity, next),
      position: position.toString(),
    };
  }
}
