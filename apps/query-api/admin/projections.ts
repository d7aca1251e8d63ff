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
import { objectSchema } from '../schemas.js';
import { ListProjections } from './queries.js';

const accepted = {
  status: 202,
  description: 'The projector does it now. Again is harmless.',
  ...objectSchema('name', 'asked'),
} as const;

/** What an operator asks of the projections. The projector attends to it, wherever it runs. */
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
    summary: 'Tells how far each projection is, and what has failed.',
  })
  @ApiQueryOf(QueryRequest)
  @ApiResponse({ status: 200, description: 'The projections.', ...objectSchema('items') })
  list(@ValidQuery(QueryRequest) request: QueryRequest): Promise<object> {
    return this.queries.execute(new ListProjections(request));
  }

  @Post(':name/rebuild')
  @HttpCode(202)
  @AllowedFor('admin')
  @ApiOperation({
    operationId: 'rebuildProjection',
    summary: 'Makes a projection anew beside the one that answers, and then takes its place.',
  })
  @ApiParam({ name: 'name', schema: { type: 'string' } })
  @ApiResponse(accepted)
  async rebuild(@Param('name') name: string): Promise<object> {
    await this.store.requestRebuild(projectionNamed(name));
    return { name, asked: 'rebuild' };
  }

  @Post(':name/retry')
  @HttpCode(202)
  @AllowedFor('admin')
  @ApiOperation({
    operationId: 'retryProjection',
    summary:
      'Tries what is parked again; where events of other streams depend on it, by a rebuild.',
  })
  @ApiParam({ name: 'name', schema: { type: 'string' } })
  @ApiResponse(accepted)
  async retry(@Param('name') name: string): Promise<object> {
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
