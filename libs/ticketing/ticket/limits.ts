import type { Refusal } from '../decision.js';

/** What a ticket holds: events, messages and notes, and the texts of its events in bytes of UTF-8. */
export interface TicketSize {
  readonly events: number;
  readonly entries: number;
  readonly textBytes: number;
}

const KIB = 1024;

/** No ticket is larger: it can be folded, shown and rebuilt at a known cost. People never get there. */
export const TICKET_LIMITS: TicketSize = {
  events: 20_000,
  entries: 15_000,
  textBytes: 32 * KIB * KIB,
};

/**
 * Kept for the last command before the ticket is full, and for those that a full ticket takes: at
 * most six events, each with the text of a body of 64 KiB.
 */
const RESERVE: TicketSize = { events: 10, entries: 5, textBytes: 512 * KIB };

/** A ticket with one of these is full: it only takes commands that bring it nearer to its end. */
export const FULL_TICKET: TicketSize = {
  events: TICKET_LIMITS.events - RESERVE.events,
  entries: TICKET_LIMITS.entries - RESERVE.entries,
  textBytes: TICKET_LIMITS.textBytes - RESERVE.textBytes,
};

export const emptyTicket: TicketSize = { events: 0, entries: 0, textBytes: 0 };

/** The events with a message or a note. */
const entryTypes: ReadonlySet<string> = new Set([
  'FeedbackRequested',
  'FeedbackProvided',
  'CustomerMessageAdded',
  'InternalNoteAdded',
]);

/** The size after one more event, whose type may be unknown here. */
export function grownBy(
  { events, entries, textBytes }: TicketSize,
  { type, data }: { readonly type: string; readonly data: object },
): TicketSize {
  let bytes = textBytes;
  for (const value of Object.values(data)) {
    if (typeof value === 'string') bytes += Buffer.byteLength(value);
  }
  return {
    events: events + 1,
    entries: entryTypes.has(type) ? entries + 1 : entries,
    textBytes: bytes,
  };
}

const NAMES: { readonly [Part in keyof TicketSize]: string } = {
  events: 'events',
  entries: 'messages and notes',
  textBytes: 'bytes of text',
};
const parts = Object.keys(NAMES) as (keyof TicketSize)[];

/** How full a ticket is: from 0, in whole per cent, to 100 where it only takes its last commands. */
export const percentFull = (size: TicketSize): number =>
  Math.min(
    100,
    Math.max(...parts.map((part) => Math.floor((100 * size[part]) / FULL_TICKET[part]))),
  );

/** The refusal of a command that a full ticket does not take; null if the ticket is not full. */
export function refusalIfFull(size: TicketSize): Refusal | null {
  const reached = parts.find((part) => size[part] >= FULL_TICKET[part]);
  if (reached === undefined) return null;
  const [has, limit] = [size[reached], FULL_TICKET[reached]].map((n) => n.toLocaleString('en'));
  return {
    code: 'ticket_full',
    detail: `This ticket is full: it has ${has} ${NAMES[reached]}, and the limit is ${limit}. It can only be brought to its end. Create a new ticket that names this one as previousTicketId.`,
  };
}
