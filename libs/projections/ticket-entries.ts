import type { DecodedEvent, EventActor } from '#event-store/codec/decoded-event.js';
import type { Projection } from './projection.js';
import { textsOf, type Message } from './ticket-texts.js';

/** A message between desk and customer on a ticket, or an internal note. */
export interface TicketEntry extends Message {
  readonly ticketId: string;
  readonly revision: number;
  readonly author: EventActor;
  readonly at: string;
}

/** Each entry is a separate document, so that a long conversation does not slow its ticket down. */
export const ticketEntries: Projection<TicketEntry> = {
  name: 'ticket-entries',
  version: 2,
  perStream: true,
  categories: ['ticket'],
  touches: (event) =>
    textsOf(event).message === undefined ? [] : [idOf(event.stream, event.revision)],
  project: (view, event) => view ?? entryOf(event),
  fields: {
    ticketId: ({ ticketId }) => ticketId,
    revision: ({ revision }) => revision,
    isNote: ({ kind }) => (kind === 'note' ? 1 : 0),
  },
  lists: {},
  indexes: [['ticketId', 'revision', 'isNote']],
};

/** The id of an entry's document. */
export const entryId = ({ ticketId, revision }: TicketEntry): string =>
  idOf(`ticket-${ticketId}`, revision);

const idOf = (stream: string, revision: number): string => `${stream}@${revision}`;

/** The entry of an event; null if it has none. */
export function entryOf(event: DecodedEvent): TicketEntry | null {
  const { stream, revision, at, metadata } = event;
  const { message } = textsOf(event);
  if (message === undefined) return null;
  const ticketId = stream.slice('ticket-'.length);
  return { ticketId, revision, author: metadata.actor, at, ...message };
}
