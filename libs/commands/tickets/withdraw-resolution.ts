import { ReasonRequest } from './requests.js';
import { onTicket } from '../kinds.js';

export const withdrawResolution = onTicket.define(
  'withdraw-resolution',
  ReasonRequest,
  ({ reason }, given) => ({
    ...given,
    reason,
  }),
);
