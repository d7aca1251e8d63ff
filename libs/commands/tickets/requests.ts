import { IsOptional } from 'class-validator';
import { IsText } from '#platform/validation/decorators.js';

/** How long texts may be, in characters. */
export const LONGEST_TEXT = 10_000;
export const LONGEST_REASON = 2_000;

/** What several commands have in common. */
export class OptionalReasonRequest {
  @IsOptional()
  @IsText(LONGEST_REASON)
  reason?: string;
}

export class ReasonRequest {
  @IsText(LONGEST_REASON)
  reason!: string;
}

export class MessageRequest {
  @IsText(LONGEST_TEXT)
  message!: string;
}
