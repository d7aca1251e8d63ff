import { accept, type Given } from '../decision.js';
import type { Fact } from '../fact.js';
import { requester, type Rule } from './rule.js';

export interface AddMessage extends Given {
  readonly type: 'messages';
  readonly message: string;
}

export type CustomerMessageAdded = Fact<'CustomerMessageAdded', { readonly message: string }>;

/** The customer adds a message without being asked. */
export const addMessage: Rule<AddMessage, CustomerMessageAdded> = {
  summary: 'Adds a message of the customer.',
  who: requester,
  from: ['pending', 'processing', 'pending_reply'],
  events: ['CustomerMessageAdded'],
  decide: ({ message }, _ticket, role) =>
    accept(role, { type: 'CustomerMessageAdded', data: { message } }),
};
