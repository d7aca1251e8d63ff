import { Query } from '@nestjs/cqrs';
import { IntersectionType } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { ratings } from '#projections/satisfaction.js';
import { Count, CountsBy, Decimal, Parts } from '#platform/openapi/answer-members.js';
import { QueryRequest } from '../query-requests.js';
import { GroupAnswer, GroupedAnswer } from './grouped-answer.js';

export class SatisfactionRequest extends QueryRequest {
  @IsOptional()
  @IsIn(['service', 'handler'])
  groupBy?: 'service' | 'handler';
}

/** How often each rating was given, from 1 (bad) to 5 (good). */
export type RatingCounts = Readonly<Record<string, number>>;

export class SatisfactionFigures {
  @Count()
  readonly count!: number;

  @Decimal({ nullable: true, minimum: 1, maximum: 5, example: 4.5 })
  readonly mean!: number | null;

  @CountsBy(ratings)
  readonly distribution!: RatingCounts;
}

export class SatisfactionGroup extends IntersectionType(GroupAnswer, SatisfactionFigures) {}

export class SatisfactionAnswer extends IntersectionType(GroupedAnswer, SatisfactionFigures) {
  @Parts(() => SatisfactionGroup, { required: false })
  readonly groups?: readonly SatisfactionGroup[];
}

export class ReportSatisfaction extends Query<SatisfactionAnswer> {
  constructor(readonly request: SatisfactionRequest) {
    super();
  }
}
