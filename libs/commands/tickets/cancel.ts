import { OptionalReasonRequest } from './requests.js';
import { onTicket } from '../kinds.js';

export const cancel = onTicket.define('cancel', OptionalReasonRequest, ({ reason }, given) => ({
  ...given,
  reason,
}));
