import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { HasFormat } from '#platform/validation/decorators.js';
import { QueryRequest } from '../query-requests.js';

export class ShowTicketRequest extends QueryRequest {
  /** The ticket as it was at this time. Not together with `revision`. */
  @IsOptional()
  @HasFormat('date-time')
  asOf?: string;

  /** The ticket as it was after the event with this revision. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  revision?: number;
}
