import { accept, minutesAfter, type Given } from '../decision.js';
import { asHandler, type Rule } from './rule.js';

export interface Resolve extends Given {
  readonly type: 'resolve';
  readonly summary: string;
  /** How long the customer has to confirm, in minutes. */
  readonly confirmationMinutes: number;
}

/** The handler is done; the customer is to confirm. */
export const resolve: Rule<Resolve> = {
  who: 'the handler',
  actingAs: asHandler,
  from: ['processing', 'pending_reply'],
  decide: ({ summary, confirmationMinutes, at }, _ticket, role) =>
    accept(role, {
      type: 'ResolutionSubmitted',
      data: { summary, confirmationDueAt: minutesAfter(at, confirmationMinutes) },
    }),
};
