import { Controller, Get, Param, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { ValidQuery } from '#platform/validation/validation-pipe.js';
import { rolesWith } from '#ticketing/ticket/visibility.js';
import { ApiQueryOf } from '../api-query.js';
import { PageRequest, QueryRequest } from '../query-requests.js';
import { ListServices, ServiceList } from './list-services-query.js';
import { ServiceAnswer, ShowService } from './show-service-query.js';

@ApiTags('Services')
@Controller('api/v1/services')
export class ServicesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @AllowedFor(...rolesWith('services'))
  @ApiOperation({ operationId: 'listServices', summary: 'Lists the services with their owners.' })
  @ApiQueryOf(PageRequest)
  @ApiResponse({ status: 200, description: 'A page of services.', type: ServiceList })
  list(
    @Req() { actor }: FastifyRequest,
    @ValidQuery(PageRequest) request: PageRequest,
  ): Promise<ServiceList> {
    return this.queries.execute(new ListServices(actor, request));
  }

  @Get(':serviceId')
  @AllowedFor(...rolesWith('services'))
  @ApiOperation({ operationId: 'showService', summary: 'Shows a service with its owners.' })
  @ApiParam({ name: 'serviceId', schema: { type: 'string' } })
  @ApiQueryOf(QueryRequest)
  @ApiResponse({ status: 200, description: 'The service.', type: ServiceAnswer })
  show(
    @Req() { actor }: FastifyRequest,
    @ValidQuery(QueryRequest) request: QueryRequest,
    @Param('serviceId') id: string,
  ): Promise<ServiceAnswer> {
    return this.queries.execute(new ShowService(actor, id, request));
  }
}
