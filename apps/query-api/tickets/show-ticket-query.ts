import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { DamagedHistories } from '#platform/process/damaged-histories.js';
import { System } from '#platform/system.js';
import { HasFormat } from '#platform/validation/decorators.js';
import { Views } from '#projections/views.js';
import { ticketStream } from '#ticketing/streams.js';
import { mayOnTicket } from '#ticketing/ticket/visibility.js';
import { Freshness } from '../freshness.js';
import { noSuchTicket } from '../no-such-ticket.js';
import { SubjectQuery } from '../queries.js';
import { QueryRequest } from '../query-requests.js';
import { standingOf } from '../standing.js';
import { serviceNames } from '../service-names.js';
import { MAX_ENTRIES } from './entries-answer.js';
import { findLongTexts } from './page-texts.js';
import { entriesQuery, readEntries } from './read-entries.js';
import { TicketPage, ticketPage } from './ticket-page.js';

export class ShowTicketRequest extends QueryRequest {
  /** The ticket as it was at this time. Not together with `revision`. */
  @IsOptional()
  @HasFormat('date-time')
  asOf?: string;

  /** The ticket as it was after the event with this revision. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  revision?: number;
}

/** A ticket as it is now. */
export class ShowTicket extends SubjectQuery<QueryRequest, TicketPage> {}

@QueryHandler(ShowTicket)
export class ShowTicketHandler implements IQueryHandler<ShowTicket> {
  constructor(
    private readonly readModels: Views,
    private readonly freshness: Freshness,
    private readonly system: System,
    private readonly damaged: DamagedHistories,
  ) {}

  async execute({ actor, id, request }: ShowTicket): Promise<TicketPage> {
    const { tickets, ticketEntries, services, engineers } = this.readModels;
    const position = await this.freshness.reached(
      request.minPosition,
      tickets,
      ticketEntries,
      engineers,
    );
    const view = await tickets.get(id);
    if (!mayOnTicket(actor, 'open', view?.ticket.requester ?? null)) throw noSuchTicket();
    this.damaged.requireIntact(ticketStream(id));
    if (view === null) throw noSuchTicket();
    const query = entriesQuery(actor, id, view.ticket.requester);
    const entries = await readEntries(ticketEntries, query, { limit: MAX_ENTRIES });
    const longTexts = await findLongTexts(ticketEntries, id, view);
    const { serviceId } = view.ticket;
    const serviceOf = await serviceNames([serviceId], (service) => services.get(service));
    const by = await standingOf(actor, engineers);
    const parts = { service: serviceOf(serviceId), entries, longTexts };
    const page = ticketPage(view, parts, by, this.system.now());
    return { ...page, position: position.toString() };
  }
}
