import { accept, type Given } from '../decision.js';
import { asHandler, type Rule } from './rule.js';

export interface Resume extends Given {
  readonly type: 'resume';
  readonly reason?: string | undefined;
}

/** The handler goes on with a ticket that the customer has replied to. */
export const resume: Rule<Resume> = {
  who: 'the handler',
  actingAs: asHandler,
  from: ['pending_reply'],
  decide: ({ reason }, _ticket, role) =>
    accept(role, { type: 'ProcessingResumed', data: { reason: reason ?? null } }),
};
