import { accept, type Given } from '../decision.js';
import type { Fact } from '../fact.js';
import { staff, type Rule } from './rule.js';

export interface AddNote extends Given {
  readonly type: 'notes';
  readonly text: string;
}

export type InternalNoteAdded = Fact<'InternalNoteAdded', { readonly text: string }>;

/** Staff add a note for each other. Customers never see it. */
export const addNote: Rule<AddNote, InternalNoteAdded> = {
  summary: 'Adds a note that customers never see.',
  who: staff,
  from: ['pending', 'processing', 'pending_feedback', 'pending_reply', 'pending_confirmation'],
  events: ['InternalNoteAdded'],
  decide: ({ text }, _ticket, role) => accept(role, { type: 'InternalNoteAdded', data: { text } }),
};
