import type { DecodedEvent, EventActor } from '#event-store/codec/decoded-event.js';
import type { Projection } from './projection.js';
import { textOf, type EventText } from './ticket-texts.js';

/** What a person wrote on a ticket: its description, a message, a note, a resolution, an evaluation. */
export type TicketEntry = EventText & {
  readonly ticketId: string;
  readonly revision: number;
  readonly author: EventActor;
  readonly at: string;
};

/** An entry of one kind. */
export type EntryOf<Kind extends EventText['kind']> = Extract<TicketEntry, { readonly kind: Kind }>;

/**
 * Each entry is a separate document, which is written once: neither a long description nor a long
 * conversation makes later events of the ticket expensive.
 */
export const ticketEntries: Projection<TicketEntry> = {
  name: 'ticket-entries',
  version: 3,
  perStream: true,
  categories: ['ticket'],
  touches: (event) => (textOf(event) === null ? [] : [idOf(ticketOf(event), event.revision)]),
  project: (view, event) => view ?? entryOf(event),
  fields: {
    ticketId: ({ ticketId }) => ticketId,
    revision: ({ revision }) => revision,
    kind: ({ kind }) => kind,
  },
  lists: {},
  indexes: [['ticketId', 'revision', 'kind']],
};

/** The id of an entry's document. */
export const entryId = ({ ticketId, revision }: TicketEntry): string => idOf(ticketId, revision);

const ticketOf = ({ stream }: DecodedEvent): string => stream.slice('ticket-'.length);
const idOf = (ticketId: string, revision: number): string => `${ticketId}@${revision}`;

/** The entry of an event; null if it has none. */
export function entryOf(event: DecodedEvent): TicketEntry | null {
  const { revision, at, metadata } = event;
  const text = textOf(event);
  if (text === null) return null;
  return { ticketId: ticketOf(event), revision, author: metadata.actor, at, ...text };
}
