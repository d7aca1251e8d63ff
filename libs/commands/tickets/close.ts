import { OptionalReasonRequest } from './requests.js';
import { onTicket } from '../kinds.js';

export const close = onTicket.define('close', OptionalReasonRequest, ({ reason }, given) => ({
  ...given,
  reason,
}));
