import { OptionalReasonRequest } from './requests.js';
import { ticketRoute } from './ticket-route.js';

export const close = ticketRoute(
  'close',
  OptionalReasonRequest,
  'Closes a ticket without the customer.',
);
