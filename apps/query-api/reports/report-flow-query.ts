import { Query } from '@nestjs/cqrs';
import { IsIn, IsOptional } from 'class-validator';
import { HasFormat } from '#platform/validation/decorators.js';
import { Count, OneOf, Parts, Time } from '#platform/openapi/answer-members.js';
import { PositionedAnswer } from '../page-answer.js';
import { QueryRequest } from '../query-requests.js';

export const buckets = ['hour', 'day', 'week'] as const;
export type Bucket = (typeof buckets)[number];

export class FlowRequest extends QueryRequest {
  /** The length of a bucket, in UTC; weeks begin on Monday (ISO 8601). @default day */
  @IsOptional()
  @IsIn([...buckets])
  bucket?: Bucket;

  /** The first bucket is the one that this time is in. @default 30 buckets before the end */
  @IsOptional()
  @HasFormat('date-time')
  from?: string;

  /** The last bucket is the one that this time is in, or that it ends. @default now */
  @IsOptional()
  @HasFormat('date-time')
  to?: string;
}

export class FlowItem {
  @Time()
  readonly from!: string;

  @Time()
  readonly to!: string;

  @Count()
  readonly created!: number;

  @Count()
  readonly closed!: number;

  @Count()
  readonly canceled!: number;

  @Count({ description: 'Tickets that were open at the end of the bucket.' })
  readonly open!: number;
}

export class FlowAnswer extends PositionedAnswer {
  @OneOf(buckets)
  readonly bucket!: Bucket;

  @Time()
  readonly from!: string;

  @Time()
  readonly to!: string;

  @Parts(() => FlowItem, { description: 'One item for each bucket, also where nothing happened.' })
  readonly items!: readonly FlowItem[];
}

export class ReportFlow extends Query<FlowAnswer> {
  constructor(readonly request: FlowRequest) {
    super();
  }
}
