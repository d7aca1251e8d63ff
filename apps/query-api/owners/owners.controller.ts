import { Controller, Get, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { ValidQuery } from '#platform/validation/validation-pipe.js';
import { normalId } from '#ticketing/text.js';
import { rolesWith } from '#ticketing/ticket/visibility.js';
import { DocumentQuery } from '../api-query.js';
import { PageRequest, QueryRequest } from '../query-requests.js';
import { ListOwners, OwnerList } from './list-owners-query.js';
import { OwnerAnswer, ShowOwner } from './show-owner-query.js';

@ApiTags('Owners')
@Controller('api/v1/owners')
export class OwnersController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @AllowedFor(...rolesWith('desk'))
  @DocumentQuery(PageRequest, {
    operationId: 'listOwners',
    summary: 'Lists engineers, their services, their tickets.',
    answer: OwnerList,
    description: 'A page of engineers.',
  })
  list(@ValidQuery(PageRequest) request: PageRequest): Promise<OwnerList> {
    return this.queries.execute(new ListOwners(request));
  }

  @Get(':engineerId')
  @AllowedFor(...rolesWith('desk'))
  @ApiParam({ name: 'engineerId', schema: { type: 'string' } })
  @DocumentQuery(QueryRequest, {
    operationId: 'showOwner',
    summary: 'Shows an engineer, their services, their tickets.',
    answer: OwnerAnswer,
    description: 'The engineer.',
  })
  show(
    @ValidQuery(QueryRequest) request: QueryRequest,
    @Param('engineerId') id: string,
  ): Promise<OwnerAnswer> {
    return this.queries.execute(new ShowOwner(normalId(id), request));
  }
}
