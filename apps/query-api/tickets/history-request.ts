import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { QueryRequest } from '../query-requests.js';

export class HistoryRequest extends QueryRequest {
  /** The first revision to tell. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  from?: number;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000)
  limit?: number;
}
