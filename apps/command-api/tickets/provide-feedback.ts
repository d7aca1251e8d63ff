import { MessageRequest } from './requests.js';
import { ticketRoute } from './ticket-route.js';

export const provideFeedback = ticketRoute(
  'provide-feedback',
  MessageRequest,
  'Answers what the handler asked.',
);
