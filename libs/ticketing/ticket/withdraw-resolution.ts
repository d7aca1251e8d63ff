import { accept, type Given } from '../decision.js';
import type { Fact } from '../fact.js';
import { handler, type Rule } from './rule.js';

export interface WithdrawResolution extends Given {
  readonly type: 'withdraw-resolution';
  readonly reason: string;
}

export type ResolutionWithdrawn = Fact<'ResolutionWithdrawn', { readonly reason: string }>;

/** The handler withdraws the resolution. */
export const withdrawResolution: Rule<WithdrawResolution, ResolutionWithdrawn> = {
  summary: 'Withdraws the resolution.',
  who: handler,
  from: ['pending_confirmation'],
  to: 'processing',
  events: ['ResolutionWithdrawn'],
  decide: ({ reason }, _ticket, role) =>
    accept(role, { type: 'ResolutionWithdrawn', data: { reason } }),
};
