import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { IsText } from '#platform/validation/decorators.js';
import { MAX_REASON_LENGTH } from './requests.js';
import { onTicket } from '../kinds.js';

export class ConfirmRequest {
  @JSONSchema({ description: 'From 1 (bad) to 5 (good).' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(5)
  rating?: number;

  @IsOptional()
  @IsText(MAX_REASON_LENGTH)
  comment?: string;
}

export const confirm = onTicket.define('confirm', ConfirmRequest, ({ rating, comment }, given) => ({
  ...given,
  rating,
  comment,
}));
