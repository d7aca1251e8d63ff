import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { System } from '#platform/system.js';
import { mayOnTicket } from '#ticketing/ticket/visibility.js';
import { Freshness } from '../freshness.js';
import { Views } from '#projections/views.js';
import { ServiceNames } from '../service-names.js';
import { noSuchTicket } from '../no-such-ticket.js';
import { ShowTicket, type TicketPage } from './show-ticket-query.js';
import { ticketPage } from './ticket-page.js';

/** A ticket's page shows at most this many of the latest messages and notes. */
export const MAX_ENTRIES = 1_000;

@QueryHandler(ShowTicket)
export class ShowTicketHandler implements IQueryHandler<ShowTicket> {
  constructor(
    private readonly readModels: Views,
    private readonly freshness: Freshness,
    private readonly services: ServiceNames,
    private readonly system: System,
  ) {}

  async execute({ actor, ticketId, request }: ShowTicket): Promise<TicketPage> {
    const { tickets, ticketEntries } = this.readModels;
    const position = await this.freshness.reached(request.minPosition, tickets, ticketEntries);
    const view = await tickets.get(ticketId);
    if (view === null || !mayOnTicket(actor, 'open', view.ticket.requester)) throw noSuchTicket();
    const latest = await ticketEntries.find({
      where: [{ field: 'ticketId', in: [ticketId] }],
      sort: { field: 'revision', descending: true },
      limit: MAX_ENTRIES,
    });
    const serviceOf = await this.services.of([view.ticket.serviceId]);
    const entries = latest.map((found) => found.view).reverse();
    const service = serviceOf(view.ticket.serviceId);
    const page = ticketPage(view, service, entries, actor, this.system.now());
    return { ...page, position: position.toString() };
  }
}
