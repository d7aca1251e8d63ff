import { accept, type Given } from '../decision.js';
import type { Fact } from '../fact.js';
import { requester, type Rule } from './rule.js';

export interface RejectResolution extends Given {
  readonly type: 'reject-resolution';
  readonly reason: string;
}

export type ResolutionRejected = Fact<'ResolutionRejected', { readonly reason: string }>;

/** The customer reports that the issue is not resolved. */
export const rejectResolution: Rule<RejectResolution, ResolutionRejected> = {
  summary: 'Reports that the issue is not resolved.',
  who: requester,
  from: ['pending_confirmation'],
  to: 'pending_reply',
  events: ['ResolutionRejected'],
  decide: ({ reason }, _ticket, role) =>
    accept(role, { type: 'ResolutionRejected', data: { reason } }),
};
