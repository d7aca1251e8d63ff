import { accept, type Given } from '../decision.js';
import { asHandler, type Rule } from './rule.js';

export interface WithdrawResolution extends Given {
  readonly type: 'withdraw-resolution';
  readonly reason: string;
}

/** The handler takes the resolution back: it was not done after all. */
export const withdrawResolution: Rule<WithdrawResolution> = {
  who: 'the handler',
  actingAs: asHandler,
  from: ['pending_confirmation'],
  decide: ({ reason }, _ticket, role) =>
    accept(role, { type: 'ResolutionWithdrawn', data: { reason } }),
};
