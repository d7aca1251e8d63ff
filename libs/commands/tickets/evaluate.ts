import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { IsText } from '#platform/validation/decorators.js';
import { MAX_REASON_LENGTH } from './requests.js';
import { onTicket } from '../kinds.js';

export class EvaluateRequest {
  @JSONSchema({ description: 'From 1 (bad) to 5 (good).' })
  @IsInt()
  @Min(1)
  @Max(5)
  rating!: number;

  @IsOptional()
  @IsText(MAX_REASON_LENGTH)
  comment?: string;
}

export const evaluate = onTicket.define(
  'evaluate',
  EvaluateRequest,
  ({ rating, comment }, given) => ({
    ...given,
    rating,
    comment,
  }),
);
