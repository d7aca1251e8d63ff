import { Query } from '@nestjs/cqrs';
import { IntersectionType } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { HasFormat } from '#platform/validation/decorators.js';
import { countDimensions, type CountDimension } from '#projections/ticket-counts.js';
import { ticketStates, type TicketStateName } from '#ticketing/ticket/state.js';
import { Count, CountsBy, Parts } from '#platform/openapi/answer-members.js';
import { QueryRequest } from '../query-requests.js';
import { GroupAnswer, GroupedAnswer } from './grouped-answer.js';

export class SummaryRequest extends QueryRequest {
  /** Counts in groups by this. */
  @IsOptional()
  @IsIn([...countDimensions])
  groupBy?: CountDimension;

  /** The counts as they were at this time. */
  @IsOptional()
  @HasFormat('date-time')
  asOf?: string;
}

export type StateCounts = Readonly<Record<TicketStateName, number>>;

export class SummaryFigures {
  @Count()
  readonly total!: number;

  @CountsBy(ticketStates)
  readonly counts!: StateCounts;
}

export class SummaryGroup extends IntersectionType(GroupAnswer, SummaryFigures) {}

export class SummaryAnswer extends IntersectionType(GroupedAnswer, SummaryFigures) {
  @Parts(() => SummaryGroup, { required: false })
  readonly groups?: readonly SummaryGroup[];
}

export class ReportSummary extends Query<SummaryAnswer> {
  constructor(readonly request: SummaryRequest) {
    super();
  }
}
