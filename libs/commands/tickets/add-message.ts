import { MessageRequest } from './requests.js';
import { onTicket } from '../kinds.js';

export const addMessage = onTicket.define('messages', MessageRequest, ({ message }, given) => ({
  ...given,
  message,
}));
