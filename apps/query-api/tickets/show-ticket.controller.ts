import { Controller, Get, Param, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { ValidQuery } from '#platform/validation/validation-pipe.js';
import { rolesWith } from '#ticketing/ticket/visibility.js';
import { ApiQueryOf } from '../api-query.js';
import { untilOf } from '../past/moment.js';
import { ShowPastTicket } from '../past/show-past-ticket-query.js';
import { ShowTicket, ShowTicketRequest, TicketPage } from './show-ticket-query.js';

@ApiTags('Ticket queries')
@Controller('api/v1/tickets/:ticketId')
export class ShowTicketController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @AllowedFor(...rolesWith('open'))
  @ApiOperation({
    operationId: 'showTicket',
    summary: 'Shows a ticket and the commands that the caller may give.',
  })
  @ApiParam({ name: 'ticketId', schema: { type: 'string', format: 'uuid' } })
  @ApiQueryOf(ShowTicketRequest)
  @ApiResponse({ status: 200, description: 'The ticket.', type: TicketPage })
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
}
