import { ReasonRequest } from './requests.js';
import { onTicket } from '../kinds.js';

export const rejectResolution = onTicket.define(
  'reject-resolution',
  ReasonRequest,
  ({ reason }, given) => ({
    ...given,
    reason,
  }),
);
