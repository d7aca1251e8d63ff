import { ReasonRequest } from './requests.js';
import { ticketRoute } from './ticket-route.js';

export const rejectResolution = ticketRoute(
  'reject-resolution',
  ReasonRequest,
  'Says that it is not resolved.',
);
