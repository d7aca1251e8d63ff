import type { DecodedEvent, EventActor } from '#event-store/codec/decoded-event.js';
import type { Projection } from './projection.js';
import { textsOf, type Message } from './ticket-texts.js';

/** One thing that was said on a ticket: a message between desk and customer, or an internal note. */
export interface TicketEntry extends Message {
  readonly ticketId: string;
  readonly revision: number;
  readonly author: EventActor;
  readonly at: string;
}

/** Each entry is a document of its own, so that a long conversation does not slow its ticket down. */
export const ticketEntries: Projection<TicketEntry> = {
  name: 'ticket-entries',
  version: 1,
  perStream: true,
  categories: ['ticket'],
  touches: (event) =>
    textsOf(event).message === undefined ? [] : [`${event.stream}@${event.revision}`],
  project: (view, event) => view ?? entryOf(event),
  fields: {
    ticketId: ({ ticketId }) => ticketId,
    revision: ({ revision }) => revision,
  },
  lists: {},
  indexes: [['ticketId', 'revision']],
};

/** What an event says on its ticket; null if it says nothing. */
export function entryOf(event: DecodedEvent): TicketEntry | null {
  const { stream, revision, at, metadata } = event;
  const { message } = textsOf(event);
  if (message === undefined) return null;
  const ticketId = stream.slice('ticket-'.length);
  return { ticketId, revision, author: metadata.actor, at, ...message };
}
