import { MessageRequest } from './requests.js';
import { ticketRoute } from './ticket-route.js';

export const addMessage = ticketRoute(
  'messages',
  MessageRequest,
  'Adds a message of the customer.',
);
