import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { ValidQuery } from '#platform/validation/validation-pipe.js';
import { rolesWith } from '#ticketing/ticket/visibility.js';
import { DocumentQuery } from '../api-query.js';
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
  @DocumentQuery(SummaryRequest, {
    operationId: 'reportSummary',
    summary: 'Counts tickets by state, in all and by group.',
    answer: SummaryAnswer,
    description: 'The counts by state. A ticket counts once for each of its owners.',
  })
  summary(@ValidQuery(SummaryRequest) request: SummaryRequest): Promise<SummaryAnswer> {
    return this.queries.execute(new ReportSummary(request));
  }

  @Get('flow')
  @AllowedFor(...rolesWith('desk'))
  @DocumentQuery(FlowRequest, {
    operationId: 'reportFlow',
    summary: 'Counts created, closed, canceled and open tickets by hour, day or week.',
    answer: FlowAnswer,
    description: 'The buckets.',
  })
  flow(@ValidQuery(FlowRequest) request: FlowRequest): Promise<FlowAnswer> {
    return this.queries.execute(new ReportFlow(request));
  }

  @Get('durations')
  @AllowedFor(...rolesWith('desk'))
  @DocumentQuery(DurationsRequest, {
    operationId: 'reportDurations',
    summary: 'Measures how long tickets take, without the time they wait for the customer.',
    answer: DurationsAnswer,
    description: 'The durations, in seconds.',
  })
  durations(@ValidQuery(DurationsRequest) request: DurationsRequest): Promise<DurationsAnswer> {
    return this.queries.execute(new ReportDurations(request));
  }

  @Get('satisfaction')
  @AllowedFor(...rolesWith('desk'))
  @DocumentQuery(SatisfactionRequest, {
    operationId: 'reportSatisfaction',
    summary: 'Counts the ratings of customers.',
    answer: SatisfactionAnswer,
    description: 'The ratings.',
  })
  satisfaction(
    @ValidQuery(SatisfactionRequest) request: SatisfactionRequest,
  ): Promise<SatisfactionAnswer> {
    return this.queries.execute(new ReportSatisfaction(request));
  }
}
