import { Controller, Get, Param, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { validatorFor } from '#platform/validation/validator.js';
import { ApiQueryOf } from '../api-query.js';
import { QueryRequest } from '../query-requests.js';
import { objectSchema } from '../schemas.js';
import { ShowTicket } from './queries.js';

const validate = validatorFor(QueryRequest, 'query');

@ApiTags('Ticket queries')
@Controller('api/v1/tickets/:ticketId')
export class ShowTicketController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @AllowedFor('customer', 'engineer', 'lead', 'auditor')
  @ApiOperation({ operationId: 'showTicket', summary: 'Shows a ticket and what may be done next.' })
  @ApiParam({ name: 'ticketId', schema: { type: 'string', format: 'uuid' } })
  @ApiQueryOf(QueryRequest)
  @ApiResponse({
    status: 200,
    description: 'The ticket.',
    ...objectSchema('ticketId', 'reference', 'state', 'revision', 'service', 'allowed'),
  })
  show(
    @Req() { actor, query }: FastifyRequest,
    @Param('ticketId') ticketId: string,
  ): Promise<object> {
    const request = validate({ ...(query as object) });
    return this.queries.execute(new ShowTicket(actor, ticketId.toLowerCase(), request));
  }
}
