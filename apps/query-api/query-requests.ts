import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

/** What every query takes. */
export class QueryRequest {
  /** Answer once the read model has reached this position, or 503 after 5 seconds. */
  @IsOptional()
  @Matches(/^[0-9]{1,19}$/)
  minPosition?: string;
}

/** What queries that answer page by page take, too. */
export class PageRequest extends QueryRequest {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;

  /** `nextCursor` of the page before. */
  @IsOptional()
  @Matches(/^[A-Za-z0-9_-]{1,1000}$/)
  cursor?: string;
}
