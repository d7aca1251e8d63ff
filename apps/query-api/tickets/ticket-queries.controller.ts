import { Controller, Get, Param, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { ValidQuery } from '#platform/validation/validation-pipe.js';
import { rolesWith } from '#ticketing/ticket/visibility.js';
import { DocumentQuery } from '../api-query.js';
import { ListPastTickets } from '../past/list-past-tickets-query.js';
import { momentOf, untilOf } from '../past/moment.js';
import { ShowPastTicket } from '../past/show-past-ticket-query.js';
import { PageRequest } from '../query-requests.js';
import { EntryList, ListEntries } from './list-entries-query.js';
import { ListTickets, TicketList } from './list-tickets-query.js';
import { ListTicketsRequest } from './list-tickets-request.js';
import { ListTodos } from './list-todos-query.js';
import { History, HistoryRequest, ShowHistory } from './show-history-query.js';
import { ShowTicket, ShowTicketRequest } from './show-ticket-query.js';
import { TicketPage } from './ticket-page.js';

const ApiTicketId = () =>
  ApiParam({ name: 'ticketId', schema: { type: 'string', format: 'uuid' } });

@ApiTags('Ticket queries')
@Controller('api/v1')
export class TicketQueriesController {
  constructor(private readonly queries: QueryBus) {}

  @Get('tickets')
  @AllowedFor(...rolesWith('list'))
  @DocumentQuery(ListTicketsRequest, {
    operationId: 'listTickets',
    summary: 'Lists tickets: filter, sort, page.',
    answer: TicketList,
    description: 'A page of tickets.',
  })
  list(
    @Req() { actor }: FastifyRequest,
    @ValidQuery(ListTicketsRequest) request: ListTicketsRequest,
  ): Promise<TicketList> {
    const { asOf } = request;
    return this.queries.execute(
      asOf === undefined
        ? new ListTickets(actor, request)
        : new ListPastTickets(actor, momentOf(asOf), request),
    );
  }

  @Get('tickets/:ticketId')
  @AllowedFor(...rolesWith('open'))
  @ApiTicketId()
  @DocumentQuery(ShowTicketRequest, {
    operationId: 'showTicket',
    summary: 'Shows a ticket and the commands that the caller may give.',
    answer: TicketPage,
    description: 'The ticket.',
  })
  show(
    @Req() { actor }: FastifyRequest,
    @ValidQuery(ShowTicketRequest) request: ShowTicketRequest,
    @Param('ticketId') ticketId: string,
  ): Promise<TicketPage> {
    const id = ticketId.toLowerCase();
    const until = untilOf(request);
    return this.queries.execute(
      until === null
        ? new ShowTicket(actor, id, request)
        : new ShowPastTicket(actor, id, until, request),
    );
  }

  @Get('tickets/:ticketId/entries')
  @AllowedFor(...rolesWith('open'))
  @ApiTicketId()
  @DocumentQuery(PageRequest, {
    operationId: 'listEntries',
    summary: 'Lists the messages and notes of a ticket, from the latest page to the first.',
    answer: EntryList,
    description: 'A page of messages and notes.',
  })
  entries(
    @Req() { actor }: FastifyRequest,
    @ValidQuery(PageRequest) request: PageRequest,
    @Param('ticketId') ticketId: string,
  ): Promise<EntryList> {
    return this.queries.execute(new ListEntries(actor, ticketId.toLowerCase(), request));
  }

  @Get('tickets/:ticketId/history')
  @AllowedFor(...rolesWith('open'))
  @ApiTicketId()
  @DocumentQuery(HistoryRequest, {
    operationId: 'history',
    summary: "Shows a ticket's events, oldest first.",
    answer: History,
    description: 'The events, with their hashes.',
  })
  history(
    @Req() { actor }: FastifyRequest,
    @ValidQuery(HistoryRequest) request: HistoryRequest,
    @Param('ticketId') ticketId: string,
  ): Promise<History> {
    return this.queries.execute(new ShowHistory(actor, ticketId.toLowerCase(), request));
  }

  @Get('todos')
  @AllowedFor('customer', 'engineer', 'lead')
  @DocumentQuery(PageRequest, {
    operationId: 'todos',
    summary: 'Lists the tickets that wait for the caller, longest first.',
    answer: TicketList,
    description: 'A page of tickets.',
  })
  todos(
    @Req() { actor }: FastifyRequest,
    @ValidQuery(PageRequest) request: PageRequest,
  ): Promise<TicketList> {
    return this.queries.execute(new ListTodos(actor, request));
  }
}
