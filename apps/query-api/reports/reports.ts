import { Controller, Get, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { validatorFor } from '#platform/validation/validator.js';
import { ApiQueryOf } from '../api-query.js';
import { durationsAnswer, flowAnswer, satisfactionAnswer, summaryAnswer } from './answers.js';
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
  @ApiResponse(summaryAnswer)
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
  @ApiResponse(flowAnswer)
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
  @ApiResponse(durationsAnswer)
  durations(@Req() { query }: FastifyRequest): Promise<object> {
    return this.queries.execute(new ReportDurations(validateDurations({ ...(query as object) })));
  }

  @Get('satisfaction')
  @AllowedFor(...DESK)
  @ApiOperation({ operationId: 'reportSatisfaction', summary: 'Tells how customers rate.' })
  @ApiQueryOf(SatisfactionRequest)
  @ApiResponse(satisfactionAnswer)
  satisfaction(@Req() { query }: FastifyRequest): Promise<object> {
    const request = validateSatisfaction({ ...(query as object) });
    return this.queries.execute(new ReportSatisfaction(request));
  }
}
