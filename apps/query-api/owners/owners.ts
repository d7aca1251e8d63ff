import { Controller, Get, Param, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { validatorFor } from '#platform/validation/validator.js';
import { ApiQueryOf } from '../api-query.js';
import { PageRequest, QueryRequest } from '../query-requests.js';
import { objectSchema, pageSchema } from '../schemas.js';
import { ListOwners, ShowOwner } from './queries.js';

const validateList = validatorFor(PageRequest, 'query');
const validateShow = validatorFor(QueryRequest, 'query');

const DESK = ['engineer', 'lead', 'admin', 'auditor', 'reporter'] as const;

@ApiTags('Owners')
@Controller('api/v1/owners')
export class OwnersController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @AllowedFor(...DESK)
  @ApiOperation({
    operationId: 'listOwners',
    summary: 'Lists engineers, their services, their tickets.',
  })
  @ApiQueryOf(PageRequest)
  @ApiResponse({ status: 200, description: 'A page of engineers.', ...pageSchema })
  list(@Req() { query }: FastifyRequest): Promise<object> {
    return this.queries.execute(new ListOwners(validateList({ ...(query as object) })));
  }

  @Get(':engineerId')
  @AllowedFor(...DESK)
  @ApiOperation({
    operationId: 'showOwner',
    summary: 'Shows an engineer, their services, their tickets.',
  })
  @ApiParam({ name: 'engineerId', schema: { type: 'string' } })
  @ApiQueryOf(QueryRequest)
  @ApiResponse({
    status: 200,
    description: 'The engineer.',
    ...objectSchema('engineerId', 'displayName', 'services', 'counts'),
  })
  show(@Req() { query }: FastifyRequest, @Param('engineerId') id: string): Promise<object> {
    return this.queries.execute(new ShowOwner(id, validateShow({ ...(query as object) })));
  }
}
