import { OptionalReasonRequest } from './requests.js';
import { ticketRoute } from './ticket-route.js';

export const handle = ticketRoute(
  'handle',
  OptionalReasonRequest,
  'Takes a ticket that was dispatched.',
);
