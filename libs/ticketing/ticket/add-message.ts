import { accept, type Given } from '../decision.js';
import { asRequester, type Rule } from './rule.js';

export interface AddMessage extends Given {
  readonly type: 'messages';
  readonly message: string;
}

/** The customer adds something without having been asked. */
export const addMessage: Rule<AddMessage> = {
  who: 'the requester',
  actingAs: asRequester,
  from: ['pending', 'processing', 'pending_reply'],
  decide: ({ message }, _ticket, role) =>
    accept(role, { type: 'CustomerMessageAdded', data: { message } }),
};
