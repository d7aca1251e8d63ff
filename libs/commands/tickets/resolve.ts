import { IsText } from '#platform/validation/decorators.js';
import { onTicket } from '../kinds.js';
import { MAX_TEXT_LENGTH } from './requests.js';

export class ResolveRequest {
  @IsText(MAX_TEXT_LENGTH)
  summary!: string;
}

export const resolve = onTicket.define(
  'resolve',
  ResolveRequest,
  ({ summary }, given, { confirmationMinutes }) => ({ ...given, summary, confirmationMinutes }),
);
