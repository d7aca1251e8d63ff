import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { Problem } from '#platform/problems/problem.js';
import { ValidQuery } from '#platform/validation/validation-pipe.js';
import { nameOf, type Consumer } from '#consuming/consumer.js';
import { DurableConsumers } from '#platform/process/durable-consumers.js';
import { DocumentQuery } from '../api-query.js';
import { QueryRequest } from '../query-requests.js';
import { ListProjections, ProjectionList, ProjectionRequested } from './list-projections-query.js';

const accepted = {
  status: 202,
  description: 'The process that runs it was notified. A repeat is harmless.',
  type: ProjectionRequested,
} as const;

/**
 * The projections for operators. A policy is rebuilt and retried in the same way. Requests are
 * carried out by the process that runs the consumer.
 */
@ApiTags('Projections')
@Controller('api/v1/admin/projections')
export class ProjectionsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly consumers: DurableConsumers,
  ) {}

  @Get()
  @AllowedFor('admin')
  @DocumentQuery(QueryRequest, {
    operationId: 'listProjections',
    summary: 'Lists the projections with their position, lag and failures.',
    answer: ProjectionList,
    description: 'The projections.',
  })
  list(@ValidQuery(QueryRequest) request: QueryRequest): Promise<ProjectionList> {
    return this.queries.execute(new ListProjections(request));
  }

  @Post(':name/rebuild')
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

  @Post(':name/retry')
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
