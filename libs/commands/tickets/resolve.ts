import { IsText } from '#platform/validation/decorators.js';
import { onTicket } from '../kinds.js';
import { LONGEST_TEXT } from './requests.js';

export class ResolveRequest {
  @IsText(LONGEST_TEXT)
  summary!: string;
}

export const resolve = onTicket.define(
  'resolve',
  ResolveRequest,
  ({ summary }, given, { confirmationMinutes }) => ({ ...given, summary, confirmationMinutes }),
);
