import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { ValidQuery } from '#platform/validation/validation-pipe.js';
import { rolesWith } from '#ticketing/ticket/visibility.js';
import { ApiQueryOf } from '../api-query.js';
import { DurationsAnswer, DurationsRequest, ReportDurations } from './report-durations-query.js';
import { FlowAnswer, FlowRequest, ReportFlow } from './report-flow-query.js';
import {
  ReportSatisfaction,
  SatisfactionAnswer,
  SatisfactionRequest,
} from './report-satisfaction-query.js';
import { ReportSummary, SummaryAnswer, SummaryRequest } from './report-summary-query.js';

@ApiTags('Reports')
@Controller('api/v1/reports')
export class ReportsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('summary')
  @AllowedFor(...rolesWith('desk'))
  @ApiOperation({
    operationId: 'reportSummary',
    summary: 'Counts tickets by state, in all and by group.',
  })
  @ApiQueryOf(SummaryRequest)
  @ApiResponse({
    status: 200,
    description: 'The counts by state. A ticket counts once for each of its owners.',
    type: SummaryAnswer,
  })
  summary(@ValidQuery(SummaryRequest) request: SummaryRequest): Promise<SummaryAnswer> {
    return this.queries.execute(new ReportSummary(request));
  }

  @Get('flow')
  @AllowedFor(...rolesWith('desk'))
  @ApiOperation({
    operationId: 'reportFlow',
    summary: 'Counts created, closed, canceled and open tickets by hour, day or week.',
  })
  @ApiQueryOf(FlowRequest)
  @ApiResponse({
    status: 200,
    description: 'The buckets.',
    type: FlowAnswer,
  })
  flow(@ValidQuery(FlowRequest) request: FlowRequest): Promise<FlowAnswer> {
    return this.queries.execute(new ReportFlow(request));
  }

  @Get('durations')
  @AllowedFor(...rolesWith('desk'))
  @ApiOperation({
    operationId: 'reportDurations',
    summary: 'Measures how long tickets take, without the time they wait for the customer.',
  })
  @ApiQueryOf(DurationsRequest)
  @ApiResponse({
    status: 200,
    description: 'The durations, in seconds.',
    type: DurationsAnswer,
  })
  durations(@ValidQuery(DurationsRequest) request: DurationsRequest): Promise<DurationsAnswer> {
    return this.queries.execute(new ReportDurations(request));
  }

  @Get('satisfaction')
  @AllowedFor(...rolesWith('desk'))
  @ApiOperation({ operationId: 'reportSatisfaction', summary: 'Counts the ratings of customers.' })
  @ApiQueryOf(SatisfactionRequest)
  @ApiResponse({
    status: 200,
    description: 'The ratings.',
    type: SatisfactionAnswer,
  })
  satisfaction(
    @ValidQuery(SatisfactionRequest) request: SatisfactionRequest,
  ): Promise<SatisfactionAnswer> {
    return this.queries.execute(new ReportSatisfaction(request));
  }
}
