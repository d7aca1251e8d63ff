import { accept, minutesAfter, type Given, type Timestamp } from '../decision.js';
import type { Fact } from '../fact.js';
import { handler, type Rule } from './rule.js';

export interface Resolve extends Given {
  readonly type: 'resolve';
  readonly summary: string;
  /** How long the customer has to confirm, in minutes. */
  readonly confirmationMinutes: number;
}

export type ResolutionSubmitted = Fact<
  'ResolutionSubmitted',
  { readonly summary: string; readonly confirmationDueAt: Timestamp }
>;

/** The handler submits a resolution, which the customer confirms or rejects. */
export const resolve: Rule<Resolve, ResolutionSubmitted> = {
  summary: 'Submits a resolution for the customer to confirm.',
  who: handler,
  from: ['processing', 'pending_reply'],
  to: 'pending_confirmation',
  events: ['ResolutionSubmitted'],
  whenFull: true,
  decide: ({ summary, confirmationMinutes, at }, _ticket, role) =>
    accept(role, {
      type: 'ResolutionSubmitted',
      data: { summary, confirmationDueAt: minutesAfter(at, confirmationMinutes) },
    }),
};
