import { accept, type Given } from '../decision.js';
import type { Fact } from '../fact.js';
import { handler, type Rule } from './rule.js';

export interface RequestFeedback extends Given {
  readonly type: 'request-feedback';
  readonly message: string;
}

export type FeedbackRequested = Fact<'FeedbackRequested', { readonly message: string }>;

/** The handler asks the customer a question and waits for the reply. */
export const requestFeedback: Rule<RequestFeedback, FeedbackRequested> = {
  summary: 'Asks the customer a question and waits for the reply.',
  who: handler,
  from: ['processing', 'pending_reply'],
  to: 'pending_feedback',
  events: ['FeedbackRequested'],
  decide: ({ message }, _ticket, role) =>
    accept(role, { type: 'FeedbackRequested', data: { message } }),
};
