import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { ValidQuery } from '#platform/validation/validation-pipe.js';
import { DocumentQuery } from '../api-query.js';
import { QueryRequest } from '../query-requests.js';
import { ConsumerList, ListConsumers } from './list-consumers-query.js';

/** Everything that follows the log, for operators. */
@ApiTags('Projections')
@Controller('api/v1/admin/consumers')
export class ConsumersController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @AllowedFor('admin')
  @DocumentQuery(QueryRequest, {
    operationId: 'listConsumers',
    summary: 'Lists the position, lag, holder and failures of projections and policies.',
    answer: ConsumerList,
    description: 'The consumers.',
  })
  list(@ValidQuery(QueryRequest) request: QueryRequest): Promise<ConsumerList> {
    return this.queries.execute(new ListConsumers(request));
  }
}
