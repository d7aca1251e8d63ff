import { MessageRequest } from './requests.js';
import { onTicket } from '../kinds.js';

export const provideFeedback = onTicket.define(
  'provide-feedback',
  MessageRequest,
  ({ message }, given) => ({
    ...given,
    message,
  }),
);
