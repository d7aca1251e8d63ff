import { accept, type Given } from '../decision.js';
import { asRequester, type Rule } from './rule.js';

export interface RejectResolution extends Given {
  readonly type: 'reject-resolution';
  readonly reason: string;
}

/** The customer says that it is not resolved. */
export const rejectResolution: Rule<RejectResolution> = {
  who: 'the requester',
  actingAs: asRequester,
  from: ['pending_confirmation'],
  decide: ({ reason }, _ticket, role) =>
    accept(role, { type: 'ResolutionRejected', data: { reason } }),
};
