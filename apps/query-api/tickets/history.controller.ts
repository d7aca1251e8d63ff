import { Controller, Get, Param, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { ValidQuery } from '#platform/validation/validation-pipe.js';
import { rolesWith } from '#ticketing/ticket/visibility.js';
import { ApiQueryOf } from '../api-query.js';
import { History, HistoryRequest, ShowHistory } from './show-history-query.js';

@ApiTags('Ticket queries')
@Controller('api/v1/tickets/:ticketId/history')
export class HistoryController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @AllowedFor(...rolesWith('open'))
  @ApiOperation({ operationId: 'history', summary: "Shows a ticket's events, oldest first." })
  @ApiParam({ name: 'ticketId', schema: { type: 'string', format: 'uuid' } })
  @ApiQueryOf(HistoryRequest)
  @ApiResponse({ status: 200, description: 'The events, with their hashes.', type: History })
  show(
    @Req() { actor }: FastifyRequest,
    @ValidQuery(HistoryRequest) request: HistoryRequest,
    @Param('ticketId') ticketId: string,
  ): Promise<History> {
    return this.queries.execute(new ShowHistory(actor, ticketId.toLowerCase(), request));
  }
}
