import { OptionalReasonRequest } from './requests.js';
import { ticketRoute } from './ticket-route.js';

export const resume = ticketRoute(
  'resume',
  OptionalReasonRequest,
  'Goes on after the customer replied.',
);
