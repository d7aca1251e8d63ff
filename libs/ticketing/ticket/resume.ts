import { accept, type Given } from '../decision.js';
import type { Fact } from '../fact.js';
import { handler, type Rule } from './rule.js';

export interface Resume extends Given {
  readonly type: 'resume';
  readonly reason?: string | undefined;
}

export type ProcessingResumed = Fact<'ProcessingResumed', { readonly reason: string | null }>;

/** The handler resumes a ticket after a reply of the customer. */
export const resume: Rule<Resume, ProcessingResumed> = {
  summary: 'Resumes the ticket after a reply of the customer.',
  who: handler,
  from: ['pending_reply'],
  to: 'processing',
  events: ['ProcessingResumed'],
  decide: ({ reason }, _ticket, role) =>
    accept(role, { type: 'ProcessingResumed', data: { reason: reason ?? null } }),
};
