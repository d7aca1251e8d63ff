import { Controller, Get, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { ValidQuery } from '#platform/validation/validation-pipe.js';
import { rolesWith } from '#ticketing/ticket/visibility.js';
import { ApiQueryOf } from '../api-query.js';
import { momentOf } from '../past/moment.js';
import { ListPastTickets } from '../past/list-past-tickets-query.js';
import { ListTickets, ListTicketsRequest, TicketList } from './list-tickets-query.js';

@ApiTags('Ticket queries')
@Controller('api/v1/tickets')
export class ListTicketsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @AllowedFor(...rolesWith('list'))
  @ApiOperation({ operationId: 'listTickets', summary: 'Lists tickets: filter, sort, page.' })
  @ApiQueryOf(ListTicketsRequest)
  @ApiResponse({ status: 200, description: 'A page of tickets.', type: TicketList })
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
}
