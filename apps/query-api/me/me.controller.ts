import { Controller, Get, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { ValidQuery } from '#platform/validation/validation-pipe.js';
import { roles } from '#ticketing/decision.js';
import { DocumentQuery } from '../api-query.js';
import { QueryRequest } from '../query-requests.js';
import { Me, ShowMe } from './show-me-query.js';

@ApiTags('Me')
@Controller('api/v1/me')
export class MeController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @AllowedFor(...roles)
  @DocumentQuery(QueryRequest, {
    operationId: 'showMe',
    summary: 'Shows who the caller is: id, name, roles, commands.',
    answer: Me,
    description: 'The caller.',
  })
  show(
    @Req() { actor }: FastifyRequest,
    @ValidQuery(QueryRequest) request: QueryRequest,
  ): Promise<Me> {
    return this.queries.execute(new ShowMe(actor, request));
  }
}
