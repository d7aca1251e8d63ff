import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { EventReader } from '#event-store/event-store.js';
import { System } from '#platform/system.js';
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
import { ticketRows } from '../tickets/ticket-rows.js';
import { readPastPage } from './past-page.js';
import { serviceAt } from './service-at.js';

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
    private readonly system: System,
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
    const { ticketPeriods: periods, engineers } = this.readModels;
    const position = await this.freshness.reached(minPosition, periods, engineers);
    const { views, next } = await readPastPage(
      { periods, log: this.log },
      { ...query, limit, ...(after === undefined ? {} : { after }) },
      words,
    );
    const findService = (id: string) => serviceAt(this.log, id, time);
    const then = new Date(Math.min(time, Date.parse(this.system.now()))).toISOString();
    return {
      items: await ticketRows(views, actor, this.readModels, findService, then),
      nextCursor: next === null ? null : writeCursor(identity, next),
      position: position.toString(),
    };
  }
}
