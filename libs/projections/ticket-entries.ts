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
  version: 5,
  perStream: true,
  categories: ['ticket'],
  touches: () => [],
  makes: (event) => {
    const entry = entryOf(event);
    return entry === null ? [] : [entryId(entry)];
  },
  project: (_, event) => entryOf(event),
  fields: { id: entryId },
  lists: {},
  indexes: [],
};

/** Messages and notes are read in pages; the other texts of a ticket one by one. */
export type EntryGroup = 'message' | 'note' | 'text';

/** More digits than a revision has: see the limits of a ticket. */
const REVISION_DIGITS = 6;

/** The id of an entry's document: those of a ticket's group are in the order of the revisions. */
export const idOfEntry = (ticketId: string, group: EntryGroup, revision: number): string =>
  `${ticketId}@${group}${String(revision).padStart(REVISION_DIGITS, '0')}`;

/** The range of the ids of a ticket's group, from the first revision to before another. */
export const entryIds = (ticketId: string, group: EntryGroup, until?: number) => ({
  from: idOfEntry(ticketId, group, 0),
  until: until === undefined ? `${ticketId}@${group}~` : idOfEntry(ticketId, group, until),
});

function entryId(entry: TicketEntry): string {
  const group = isMessage(entry) ? 'message' : entry.kind === 'note' ? 'note' : 'text';
  return idOfEntry(entry.ticketId, group, entry.revision);
}

/** Messages and notes are entries, and so is every other text that is longer than its excerpt. */
function entryTextOf(event: DecodedEvent): EventText | null {
  const text = textOf(event);
  if (text === null || isMessage(text) || text.kind === 'note') return text;
  return shortText(text.text, event.revision).entry === null ? null : text;
}

/** The entry of an event; null if it has none. */
export function entryOf(event: DecodedEvent): TicketEntry | null {
  const { stream, revision, at, metadata } = event;
  const text = entryTextOf(event);
  if (text === null) return null;
  const ticketId = stream.slice('ticket-'.length);
  return { ticketId, revision, author: metadata.actor, at, ...text };
}
