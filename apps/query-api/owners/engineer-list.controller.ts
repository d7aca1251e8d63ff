import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { ValidQuery } from '#platform/validation/validation-pipe.js';
import { rolesWith } from '#ticketing/ticket/visibility.js';
import { DocumentQuery } from '../api-query.js';
import { PageRequest } from '../query-requests.js';
import { EngineerList, ListEngineers } from './list-engineers-query.js';

@ApiTags('Engineers')
@Controller('api/v1/engineers')
export class EngineerListController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @AllowedFor(...rolesWith('desk'))
  @DocumentQuery(PageRequest, {
    operationId: 'listEngineers',
    summary: 'Lists the engineers who are registered.',
    answer: EngineerList,
    description: 'A page of engineers.',
  })
  list(@ValidQuery(PageRequest) request: PageRequest): Promise<EngineerList> {
    return this.queries.execute(new ListEngineers(request));
  }
}
