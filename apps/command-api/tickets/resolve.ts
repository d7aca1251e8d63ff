import { IsText } from '#platform/validation/decorators.js';
import { LONGEST_TEXT } from './requests.js';
import { ticketRoute } from './ticket-route.js';

export class ResolveRequest {
  @IsText(LONGEST_TEXT)
  summary!: string;
}

export const resolve = ticketRoute('resolve', ResolveRequest, 'Submits a resolution to confirm.');
