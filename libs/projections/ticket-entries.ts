import type { DecodedEvent, EventActor } from '#event-store/codec/decoded-event.js';
import type { Projection } from './projection.js';
import { isMessage, shortText, textOf, type EventText } from './ticket-texts.js';

/** A message, a note, or another text of a ticket that its document has only an excerpt of. */
export interface TicketEntry extends EventText {
  readonly ticketId: string;
  readonly revision: number;
  readonly author: EventActor;
  readonly at: string;
}

/**
 * Each entry is a separate document, which is written once: neither a long description nor a long
 * conversation makes later events of the ticket expensive.
 */
export const ticketEntries: Projection<TicketEntry> = {
  name: 'ticket-entries',
  version: 4,
  perStream: true,
  categories: ['ticket'],
  touches: (event) => (entryTextOf(event) === null ? [] : [idOf(ticketOf(event), event.revision)]),
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

/** Messages and notes are entries, and so is every other text that is longer than its excerpt. */
function entryTextOf(event: DecodedEvent): EventText | null {
  const text = textOf(event);
  if (text === null || isMessage(text) || text.kind === 'note') return text;
  return shortText(text.text, event.revision).entry === null ? null : text;
}

/** The entry of an event; null if it has none. */
export function entryOf(event: DecodedEvent): TicketEntry | null {
  const { revision, at, metadata } = event;
  const text = entryTextOf(event);
  if (text === null) return null;
  return { ticketId: ticketOf(event), revision, author: metadata.actor, at, ...text };
}
