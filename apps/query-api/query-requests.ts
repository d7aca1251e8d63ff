import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

/** The parameters of every query. */
export class QueryRequest {
  /** Answer once the read model has reached this position of an answer, or 503 after 5 seconds. */
  @IsOptional()
  @Matches(/^[0-9]{1,19}$/)
  minPosition?: string;
}

/** The parameters of every query that answers in pages. */
export class PageRequest extends QueryRequest {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;

  /** `nextCursor` of the previous page. */
  @IsOptional()
  @Matches(/^[A-Za-z0-9_-]{1,1000}$/)
  cursor?: string;
}
