import { Controller, Get, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { validatorFor } from '#platform/validation/validator.js';
import { ApiQueryOf } from '../api-query.js';
import { objectSchema } from '../schemas.js';
import { ReportDurations, ReportFlow, ReportSatisfaction, ReportSummary } from './queries.js';
import { DurationsRequest, FlowRequest, SatisfactionRequest, SummaryRequest } from './requests.js';

const validateSummary = validatorFor(SummaryRequest, 'query');
const validateFlow = validatorFor(FlowRequest, 'query');
const validateDurations = validatorFor(DurationsRequest, 'query');
const validateSatisfaction = validatorFor(SatisfactionRequest, 'query');

const DESK = ['engineer', 'lead', 'admin', 'auditor', 'reporter'] as const;

@ApiTags('Reports')
@Controller('api/v1/reports')
export class ReportsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('summary')
  @AllowedFor(...DESK)
  @ApiOperation({
    operationId: 'reportSummary',
    summary: 'Counts tickets by state; by one of their groups, too.',
  })
  @ApiQueryOf(SummaryRequest)
  @ApiResponse({
    status: 200,
    description:
      'Counts by state. A ticket counts once for each of its owners; the key is null for tickets that have none.',
    ...objectSchema('total', 'counts', 'position'),
  })
  summary(@Req() { query }: FastifyRequest): Promise<object> {
    return this.queries.execute(new ReportSummary(validateSummary({ ...(query as object) })));
  }

  @Get('flow')
  @AllowedFor(...DESK)
  @ApiOperation({
    operationId: 'reportFlow',
    summary: 'Tells how many tickets came, went, and were open, hour by hour or day by day.',
  })
  @ApiQueryOf(FlowRequest)
  @ApiResponse({
    status: 200,
    description: 'A bucket an item, also where nothing happened; `open` is at its end.',
    ...objectSchema('bucket', 'from', 'to', 'items', 'position'),
  })
  flow(@Req() { query }: FastifyRequest): Promise<object> {
    return this.queries.execute(new ReportFlow(validateFlow({ ...(query as object) })));
  }

  @Get('durations')
  @AllowedFor(...DESK)
  @ApiOperation({
    operationId: 'reportDurations',
    summary: 'Tells how long tickets take, without the time in which the customer is waited for.',
  })
  @ApiQueryOf(DurationsRequest)
  @ApiResponse({
    status: 200,
    description: 'Seconds. Percentiles are within 1 %; a mean and percentiles of nothing are null.',
    ...objectSchema(
      'unit',
      'timeToFirstHandling',
      'timeToFirstResponse',
      'timeToResolution',
      'timeToClose',
      'timeWaitingForCustomer',
      'position',
    ),
  })
  durations(@Req() { query }: FastifyRequest): Promise<object> {
    return this.queries.execute(new ReportDurations(validateDurations({ ...(query as object) })));
  }

  @Get('satisfaction')
  @AllowedFor(...DESK)
  @ApiOperation({ operationId: 'reportSatisfaction', summary: 'Tells how customers rate.' })
  @ApiQueryOf(SatisfactionRequest)
  @ApiResponse({
    status: 200,
    description: 'How often each rating was given, from 1 (bad) to 5 (good).',
    ...objectSchema('count', 'mean', 'distribution', 'position'),
  })
  satisfaction(@Req() { query }: FastifyRequest): Promise<object> {
    const request = validateSatisfaction({ ...(query as object) });
    return this.queries.execute(new ReportSatisfaction(request));
  }
}
