import { accept, type Given } from '../decision.js';
import { asRequester, type Rule } from './rule.js';

export interface ProvideFeedback extends Given {
  readonly type: 'provide-feedback';
  readonly message: string;
}

/** The customer answers what the handler asked. */
export const provideFeedback: Rule<ProvideFeedback> = {
  who: 'the requester',
  actingAs: asRequester,
  from: ['pending_feedback'],
  decide: ({ message }, _ticket, role) =>
    accept(role, { type: 'FeedbackProvided', data: { message } }),
};
