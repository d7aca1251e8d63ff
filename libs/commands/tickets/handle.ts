import { OptionalReasonRequest } from './requests.js';
import { onTicket } from '../kinds.js';

export const handle = onTicket.define('handle', OptionalReasonRequest, ({ reason }, given) => ({
  ...given,
  reason,
}));
