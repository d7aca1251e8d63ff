import { MessageRequest } from './requests.js';
import { ticketRoute } from './ticket-route.js';

export const requestFeedback = ticketRoute(
  'request-feedback',
  MessageRequest,
  'Asks the customer, and waits for the reply.',
);
