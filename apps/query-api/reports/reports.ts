import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { ValidQuery } from '#platform/validation/validation-pipe.js';
import { rolesWith } from '#ticketing/ticket/visibility.js';
import { ApiQueryOf } from '../api-query.js';
import { durationsAnswer, flowAnswer, satisfactionAnswer, summaryAnswer } from './answers.js';
import { ReportDurations, ReportFlow, ReportSatisfaction, ReportSummary } from './queries.js';
import { DurationsRequest, FlowRequest, SatisfactionRequest, SummaryRequest } from './requests.js';

@ApiTags('Reports')
@Controller('api/v1/reports')
export class ReportsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('summary')
  @AllowedFor(...rolesWith('desk'))
  @ApiOperation({
    operationId: 'reportSummary',
    summary: 'Counts tickets by state; by one of their groups, too.',
  })
  @ApiQueryOf(SummaryRequest)
  @ApiResponse(summaryAnswer)
  summary(@ValidQuery(SummaryRequest) request: SummaryRequest): Promise<object> {
    return this.queries.execute(new ReportSummary(request));
  }

  @Get('flow')
  @AllowedFor(...rolesWith('desk'))
  @ApiOperation({
    operationId: 'reportFlow',
    summary: 'Tells how many tickets came, went, and were open, hour by hour or day by day.',
  })
  @ApiQueryOf(FlowRequest)
  @ApiResponse(flowAnswer)
  flow(@ValidQuery(FlowRequest) request: FlowRequest): Promise<object> {
    return this.queries.execute(new ReportFlow(request));
  }

  @Get('durations')
  @AllowedFor(...rolesWith('desk'))
  @ApiOperation({
    operationId: 'reportDurations',
    summary: 'Tells how long tickets take, without the time in which the customer is waited for.',
  })
  @ApiQueryOf(DurationsRequest)
  @ApiResponse(durationsAnswer)
  durations(@ValidQuery(DurationsRequest) request: DurationsRequest): Promise<object> {
    return this.queries.execute(new ReportDurations(request));
  }

  @Get('satisfaction')
  @AllowedFor(...rolesWith('desk'))
  @ApiOperation({ operationId: 'reportSatisfaction', summary: 'Tells how customers rate.' })
  @ApiQueryOf(SatisfactionRequest)
  @ApiResponse(satisfactionAnswer)
  satisfaction(@ValidQuery(SatisfactionRequest) request: SatisfactionRequest): Promise<object> {
    return this.queries.execute(new ReportSatisfaction(request));
  }
}
