import { OptionalReasonRequest } from './requests.js';
import { onTicket } from '../kinds.js';

export const resume = onTicket.define('resume', OptionalReasonRequest, ({ reason }, given) => ({
  ...given,
  reason,
}));
