import type { EventActor, DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { Projection } from './projection.js';

/** One thing that was said on a ticket: a message between desk and customer, or an internal note. */
export interface TicketEntry {
  readonly ticketId: string;
  readonly revision: number;
  readonly kind: 'feedback_requested' | 'feedback_provided' | 'message' | 'note';
  readonly author: EventActor;
  readonly text: string;
  readonly at: string;
}

/** Entries are documents of their own, so that a long conversation does not make its ticket slow. */
export const ticketEntries: Projection<TicketEntry> = {
  name: 'ticket-entries',
  version: 1,
  perStream: true,
  handles: ['FeedbackRequested', 'FeedbackProvided', 'CustomerMessageAdded', 'InternalNoteAdded'],
  touches: ({ stream, revision }) => [`${stream}@${revision}`],
  project: (view, event) => view ?? entryOf(event),
  fields: {
    ticketId: ({ ticketId }) => ticketId,
    revision: ({ revision }) => revision,
  },
  lists: {},
  indexes: [['ticketId', 'revision']],
};

function entryOf(event: DecodedEvent): TicketEntry | null {
  const { stream, revision, at, metadata } = event;
  const ticketId = stream.slice('ticket-'.length);
  const common = { ticketId, revision, author: metadata.actor, at };
  switch (event.type) {
    case 'FeedbackRequested':
      return { ...common, kind: 'feedback_requested', text: event.data.message };
    case 'FeedbackProvided':
      return { ...common, kind: 'feedback_provided', text: event.data.message };
    case 'CustomerMessageAdded':
      return { ...common, kind: 'message', text: event.data.message };
    case 'InternalNoteAdded':
      return { ...common, kind: 'note', text: event.data.text };
    default:
      return null;
  }
}
