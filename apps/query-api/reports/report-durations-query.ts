import { Query } from '@nestjs/cqrs';
import { IntersectionType } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { Count, Decimal, OneOf, Part, Parts } from '#platform/openapi/answer-members.js';
import { QueryRequest } from '../query-requests.js';
import { GroupAnswer, GroupedAnswer } from './grouped-answer.js';

export class DurationsRequest extends QueryRequest {
  @IsOptional()
  @IsIn(['service', 'severity'])
  groupBy?: 'service' | 'severity';
}

/** In seconds. Percentiles are within 1 %. A mean and percentiles of nothing are null. */
export class DurationFigures {
  @Count()
  readonly count!: number;

  @Decimal({ nullable: true, minimum: 0 })
  readonly mean!: number | null;

  @Decimal({ nullable: true, minimum: 0 })
  readonly p50!: number | null;

  @Decimal({ nullable: true, minimum: 0 })
  readonly p90!: number | null;

  @Decimal({ nullable: true, minimum: 0 })
  readonly p99!: number | null;
}

export class DurationMeasures {
  @Part(() => DurationFigures)
  readonly timeToFirstHandling!: DurationFigures;

  @Part(() => DurationFigures)
  readonly timeToFirstResponse!: DurationFigures;

  @Part(() => DurationFigures)
  readonly timeToResolution!: DurationFigures;

  @Part(() => DurationFigures)
  readonly timeToClose!: DurationFigures;

  @Part(() => DurationFigures)
  readonly timeWaitingForCustomer!: DurationFigures;
}

export class DurationsGroup extends IntersectionType(GroupAnswer, DurationMeasures) {}

export class DurationsAnswer extends IntersectionType(GroupedAnswer, DurationMeasures) {
  @OneOf(['seconds'])
  readonly unit!: 'seconds';

  @Parts(() => DurationsGroup, { required: false })
  readonly groups?: readonly DurationsGroup[];
}

export class ReportDurations extends Query<DurationsAnswer> {
  constructor(readonly request: DurationsRequest) {
    super();
  }
}
