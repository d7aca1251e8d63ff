import { Controller, Get, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { ValidQuery } from '#platform/validation/validation-pipe.js';
import { ApiQueryOf } from '../api-query.js';
import { PageRequest } from '../query-requests.js';
import { TicketList } from './list-tickets-query.js';
import { ListTodos } from './list-todos-query.js';

@ApiTags('Ticket queries')
@Controller('api/v1/todos')
export class TodosController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @AllowedFor('customer', 'engineer', 'lead')
  @ApiOperation({
    operationId: 'todos',
    summary: 'Lists the tickets that wait for the caller, longest first.',
  })
  @ApiQueryOf(PageRequest)
  @ApiResponse({ status: 200, description: 'A page of tickets.', type: TicketList })
  list(
    @Req() { actor }: FastifyRequest,
    @ValidQuery(PageRequest) request: PageRequest,
  ): Promise<TicketList> {
    return this.queries.execute(new ListTodos(actor, request));
  }
}
