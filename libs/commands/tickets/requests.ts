import { IsOptional } from 'class-validator';
import { IsText } from '#platform/validation/decorators.js';

/** Maximum lengths in characters. */
export const MAX_TEXT_LENGTH = 10_000;
export const MAX_REASON_LENGTH = 2_000;

/** Request classes shared by several commands. */
export class OptionalReasonRequest {
  @IsOptional()
  @IsText(MAX_REASON_LENGTH)
  reason?: string;
}

export class ReasonRequest {
  @IsText(MAX_REASON_LENGTH)
  reason!: string;
}

export class MessageRequest {
  @IsText(MAX_TEXT_LENGTH)
  message!: string;
}
