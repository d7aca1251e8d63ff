import { accept, type Given } from '../decision.js';
import type { Fact } from '../fact.js';
import { requester, type Rule } from './rule.js';

export interface ProvideFeedback extends Given {
  readonly type: 'provide-feedback';
  readonly message: string;
}

export type FeedbackProvided = Fact<'FeedbackProvided', { readonly message: string }>;

/** The customer answers a question of the handler. */
export const provideFeedback: Rule<ProvideFeedback, FeedbackProvided> = {
  summary: 'Answers a question of the handler.',
  who: requester,
  from: ['pending_feedback'],
  to: 'pending_reply',
  events: ['FeedbackProvided'],
  whenFull: true,
  decide: ({ message }, _ticket, role) =>
    accept(role, { type: 'FeedbackProvided', data: { message } }),
};
