import { OptionalReasonRequest } from './requests.js';
import { ticketRoute } from './ticket-route.js';

export const cancel = ticketRoute(
  'cancel',
  OptionalReasonRequest,
  'Withdraws a ticket nobody has taken.',
);
