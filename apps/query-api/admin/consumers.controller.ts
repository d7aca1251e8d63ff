import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { nameOf, type Consumer } from '#consuming/consumer.js';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { OneOf, Text } from '#platform/openapi/answer-members.js';
import { Problem } from '#platform/problems/problem.js';
import { DurableConsumers } from '#platform/process/durable-consumers.js';
import { ValidQuery } from '#platform/validation/validation-pipe.js';
import { DocumentQuery } from '../api-query.js';
import { QueryRequest } from '../query-requests.js';
import {
  ConsumerList,
  ListConsumers,
  ListProjections,
  ProjectionList,
} from './list-consumers-query.js';

/** An accepted request to a projection. */
export class ProjectionRequested {
  @Text({ example: 'tickets' })
  readonly name!: string;

  @OneOf(['rebuild', 'retry'])
  readonly asked!: 'rebuild' | 'retry';
}

const accepted = {
  status: 202,
  description: 'The process that runs it was notified. A repeat is harmless.',
  type: ProjectionRequested,
} as const;

/**
 * Projections and policies, for operators. A policy is rebuilt and retried in the same way. Requests
 * are carried out by the process that runs the consumer.
 */
@ApiTags('Projections')
@Controller('api/v1/admin')
export class ConsumersController {
  constructor(
    private readonly queries: QueryBus,
    private readonly consumers: DurableConsumers,
  ) {}

  @Get('projections')
  @AllowedFor('admin')
  @DocumentQuery(QueryRequest, {
    operationId: 'listProjections',
    summary: 'Lists the projections with their position, lag and failures.',
    answer: ProjectionList,
    description: 'The projections.',
  })
  listProjections(@ValidQuery(QueryRequest) request: QueryRequest): Promise<ProjectionList> {
    return this.queries.execute(new ListProjections(request));
  }

  @Get('consumers')
  @AllowedFor('admin')
  @DocumentQuery(QueryRequest, {
    operationId: 'listConsumers',
    summary: 'Lists the position, lag, holder and failures of projections and policies.',
    answer: ConsumerList,
    description: 'The consumers.',
  })
  listConsumers(@ValidQuery(QueryRequest) request: QueryRequest): Promise<ConsumerList> {
    return this.queries.execute(new ListConsumers(request));
  }

  @Post('projections/:name/rebuild')
  @HttpCode(202)
  @AllowedFor('admin')
  @ApiOperation({
    operationId: 'rebuildProjection',
    summary: 'Rebuilds a projection or policy while its old copy serves.',
  })
  @ApiParam({ name: 'name', schema: { type: 'string' } })
  @ApiResponse(accepted)
  async rebuild(@Param('name') name: string): Promise<ProjectionRequested> {
    const { projection, store } = this.#consumerNamed(name);
    await store.requestRebuild(projection);
    return { name, asked: 'rebuild' };
  }

  @Post('projections/:name/retry')
  @HttpCode(202)
  @AllowedFor('admin')
  @ApiOperation({
    operationId: 'retryProjection',
    summary: 'Retries parked streams; a projection that counts across streams is rebuilt.',
  })
  @ApiParam({ name: 'name', schema: { type: 'string' } })
  @ApiResponse(accepted)
  async retry(@Param('name') name: string): Promise<ProjectionRequested> {
    const { projection, store } = this.#consumerNamed(name);
    if (!projection.perStream) return this.rebuild(name);
    await store.requestRetry(projection);
    return { name, asked: 'retry' };
  }

  #consumerNamed(name: string): Consumer {
    const { all } = this.consumers;
    const consumer = all.find((one) => nameOf(one) === name);
    if (consumer !== undefined) return consumer;
    const known = all.map(nameOf).join(', ');
    throw new Problem('not_found', `Unknown consumer. Use one of: ${known}.`);
  }
}
