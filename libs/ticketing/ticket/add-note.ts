import { accept, type Given } from '../decision.js';
import { asStaff, type Rule } from './rule.js';

export interface AddNote extends Given {
  readonly type: 'notes';
  readonly text: string;
}

/** Staff note something for each other; customers never see it. */
export const addNote: Rule<AddNote> = {
  who: 'staff',
  actingAs: asStaff,
  from: ['pending', 'processing', 'pending_feedback', 'pending_reply', 'pending_confirmation'],
  decide: ({ text }, _ticket, role) => accept(role, { type: 'InternalNoteAdded', data: { text } }),
};
