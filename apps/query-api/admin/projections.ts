import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { Problem } from '#platform/problems/problem.js';
import { ValidQuery } from '#platform/validation/validation-pipe.js';
import type { Projection } from '#projections/projection.js';
import { ViewStore } from '#view-stores/view-store.js';
import { projections } from '#projections/all.js';
import { ApiQueryOf } from '../api-query.js';
import { QueryRequest } from '../query-requests.js';
import { ListProjections, ProjectionList, ProjectionRequested } from './list-projections-query.js';

const accepted = {
  status: 202,
  description: 'The projector does it now. A repeat is harmless.',
  type: ProjectionRequested,
} as const;

/** The projections for operators. The projector carries out requests, in whichever process it runs. */
@ApiTags('Projections')
@Controller('api/v1/admin/projections')
export class ProjectionsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly store: ViewStore,
  ) {}

  @Get()
  @AllowedFor('admin')
  @ApiOperation({
    operationId: 'listProjections',
    summary: 'Lists the projections with their position, lag and failures.',
  })
  @ApiQueryOf(QueryRequest)
  @ApiResponse({ status: 200, description: 'The projections.', type: ProjectionList })
  list(@ValidQuery(QueryRequest) request: QueryRequest): Promise<ProjectionList> {
    return this.queries.execute(new ListProjections(request));
  }

  @Post(':name/rebuild')
  @HttpCode(202)
  @AllowedFor('admin')
  @ApiOperation({
    operationId: 'rebuildProjection',
    summary: 'Rebuilds a projection while the old copy serves, then replaces it.',
  })
  @ApiParam({ name: 'name', schema: { type: 'string' } })
  @ApiResponse(accepted)
  async rebuild(@Param('name') name: string): Promise<ProjectionRequested> {
    await this.store.requestRebuild(projectionNamed(name));
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
    const projection = projectionNamed(name);
    if (!projection.perStream) return this.rebuild(name);
    await this.store.requestRetry(projection);
    return { name, asked: 'retry' };
  }
}

function projectionNamed(name: string): Projection<object> {
  const projection = projections.find((one) => one.name === name);
  if (projection !== undefined) return projection;
  const known = projections.map((one) => one.name).join(', ');
  throw new Problem('not_found', `There is no projection of this name. There are: ${known}.`);
}
