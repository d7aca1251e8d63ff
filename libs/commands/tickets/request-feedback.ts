import { MessageRequest } from './requests.js';
import { onTicket } from '../kinds.js';

export const requestFeedback = onTicket.define(
  'request-feedback',
  MessageRequest,
  ({ message }, given) => ({
    ...given,
    message,
  }),
);
