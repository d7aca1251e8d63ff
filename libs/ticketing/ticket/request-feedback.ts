import { accept, type Given } from '../decision.js';
import { asHandler, type Rule } from './rule.js';

export interface RequestFeedback extends Given {
  readonly type: 'request-feedback';
  readonly message: string;
}

/** The handler asks the customer something and waits for the reply. */
export const requestFeedback: Rule<RequestFeedback> = {
  who: 'the handler',
  actingAs: asHandler,
  from: ['processing', 'pending_reply'],
  decide: ({ message }, _ticket, role) =>
    accept(role, { type: 'FeedbackRequested', data: { message } }),
};
