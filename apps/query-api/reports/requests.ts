import { IsIn, IsOptional } from 'class-validator';
import { HasFormat } from '#platform/validation/decorators.js';
import { countDimensions, type CountDimension } from '#projections/ticket-counts.js';
import { QueryRequest } from '../query-requests.js';

export class SummaryRequest extends QueryRequest {
  /** Counts by this, too. */
  @IsOptional()
  @IsIn([...countDimensions])
  groupBy?: CountDimension;

  /** The counts as they were at this time. */
  @IsOptional()
  @HasFormat('date-time')
  asOf?: string;
}

export const buckets = ['hour', 'day', 'week'] as const;
export type Bucket = (typeof buckets)[number];

export class FlowRequest extends QueryRequest {
  /** How long a bucket is; weeks begin on Monday (ISO 8601), and all of them in UTC. */
  @IsOptional()
  @IsIn([...buckets])
  bucket?: Bucket;

  /** From the bucket that this time is in; by default 30 buckets before the end. */
  @IsOptional()
  @HasFormat('date-time')
  from?: string;

  /** To the end of the bucket that this time is in, or ends; by default now. */
  @IsOptional()
  @HasFormat('date-time')
  to?: string;
}

export class DurationsRequest extends QueryRequest {
  @IsOptional()
  @IsIn(['service', 'severity'])
  groupBy?: 'service' | 'severity';
}

export class SatisfactionRequest extends QueryRequest {
  @IsOptional()
  @IsIn(['service', 'handler'])
  groupBy?: 'service' | 'handler';
}
