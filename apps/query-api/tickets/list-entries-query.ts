import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IntersectionType } from '@nestjs/swagger';
import { DamagedHistories } from '#platform/process/damaged-histories.js';
import { Views } from '#projections/views.js';
import { ticketStream } from '#ticketing/streams.js';
import { mayOnTicket } from '#ticketing/ticket/visibility.js';
import { Freshness } from '../freshness.js';
import { noSuchTicket } from '../no-such-ticket.js';
import { PageAnswer } from '../page-answer.js';
import { SubjectQuery } from '../queries.js';
import type { PageRequest } from '../query-requests.js';
import { EntriesAnswer, entriesAnswer } from './entries-answer.js';
import { entriesQuery, readEntries } from './read-entries.js';

export class EntryList extends IntersectionType(EntriesAnswer, PageAnswer) {}

/** The messages and notes of a ticket, page by page from the latest to the first. */
export class ListEntries extends SubjectQuery<PageRequest, EntryList> {}

@QueryHandler(ListEntries)
export class ListEntriesHandler implements IQueryHandler<ListEntries> {
  constructor(
    private readonly readModels: Views,
    private readonly freshness: Freshness,
    private readonly damaged: DamagedHistories,
  ) {}

  async execute({ actor, id, request }: ListEntries): Promise<EntryList> {
    const { tickets, ticketEntries } = this.readModels;
    const position = await this.freshness.reached(request.minPosition, tickets, ticketEntries);
    const ticket = (await tickets.get(id))?.ticket;
    if (ticket === undefined || !mayOnTicket(actor, 'open', ticket.requester)) throw noSuchTicket();
    this.damaged.requireIntact(ticketStream(id));
    const query = entriesQuery(actor, id, ticket.requester);
    const { latestFirst, nextCursor } = await readEntries(ticketEntries, query, request);
    const answer = entriesAnswer(latestFirst, ticket, actor);
    return { ...answer, nextCursor, position: position.toString() };
  }
}
