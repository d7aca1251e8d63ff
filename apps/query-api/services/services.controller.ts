import { Controller, Get, Param, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { ValidQuery } from '#platform/validation/validation-pipe.js';
import { rolesWith } from '#ticketing/ticket/visibility.js';
import { DocumentQuery } from '../api-query.js';
import { PageRequest, QueryRequest } from '../query-requests.js';
import { ListServices, ServiceList } from './list-services-query.js';
import { ServiceAnswer, ShowService } from './show-service-query.js';

@ApiTags('Services')
@Controller('api/v1/services')
export class ServicesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @AllowedFor(...rolesWith('services'))
  @DocumentQuery(PageRequest, {
    operationId: 'listServices',
    summary: 'Lists the services with their owners.',
    answer: ServiceList,
    description: 'A page of services.',
  })
  list(
    @Req() { actor }: FastifyRequest,
    @ValidQuery(PageRequest) request: PageRequest,
  ): Promise<ServiceList> {
    return this.queries.execute(new ListServices(actor, request));
  }

  @Get(':serviceId')
  @AllowedFor(...rolesWith('services'))
  @ApiParam({ name: 'serviceId', schema: { type: 'string' } })
  @DocumentQuery(QueryRequest, {
    operationId: 'showService',
    summary: 'Shows a service with its owners.',
    answer: ServiceAnswer,
    description: 'The service.',
  })
  show(
    @Req() { actor }: FastifyRequest,
    @ValidQuery(QueryRequest) request: QueryRequest,
    @Param('serviceId') id: string,
  ): Promise<ServiceAnswer> {
    return this.queries.execute(new ShowService(actor, id, request));
  }
}
