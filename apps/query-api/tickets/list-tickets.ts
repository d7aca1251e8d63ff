import { Controller, Get, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { ValidQuery } from '#platform/validation/validation-pipe.js';
import { rolesWith } from '#ticketing/ticket/visibility.js';
import { ApiQueryOf } from '../api-query.js';
import { pageSchema } from '../schemas.js';
import { momentOf } from '../past/moment.js';
import { ListPastTickets } from '../past/queries.js';
import { ListTicketsRequest } from './list-tickets-request.js';
import { ListTickets } from './queries.js';

@ApiTags('Ticket queries')
@Controller('api/v1/tickets')
export class ListTicketsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @AllowedFor(...rolesWith('list'))
  @ApiOperation({ operationId: 'listTickets', summary: 'Lists tickets: filter, sort, page.' })
  @ApiQueryOf(ListTicketsRequest)
  @ApiResponse({ status: 200, description: 'A page of tickets.', ...pageSchema })
  list(
    @Req() { actor }: FastifyRequest,
    @ValidQuery(ListTicketsRequest) request: ListTicketsRequest,
  ): Promise<object> {
    const { asOf } = request;
    return this.queries.execute(
      asOf === undefined
        ? new ListTickets(actor, request)
        : new ListPastTickets(actor, momentOf(asOf), request),
    );
  }
}
