import { ReasonRequest } from './requests.js';
import { ticketRoute } from './ticket-route.js';

export const withdrawResolution = ticketRoute(
  'withdraw-resolution',
  ReasonRequest,
  'Takes a resolution back.',
);
