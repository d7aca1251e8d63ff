import { v7 } from 'uuid';
import { ticketCodec } from '#event-store/codec/stored-types.js';
import { NO_STREAM, type EventStore } from '#event-store/event-store.js';
import { commandEvents, type CommandEvents } from '#event-sourcing/command-events.js';
import { ticketDecider } from '#ticketing/deciders.js';
import { ticketStream } from '#ticketing/streams.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import { FULL_TICKET, percentFull, type TicketSize } from '#ticketing/ticket/limits.js';
import type { Ticket, TicketState } from '#ticketing/ticket/state.js';
import { people } from '#test/support/people.js';

/** The longest texts: of four bytes a character, of characters that JSON escapes, and of many words. */
export const WIDE = '🎫'.repeat(10_000);
export const ESCAPED = '"\\'.repeat(5_000);
export const WORDS = Array.from({ length: 2_000 }, (_, n) => n.toString(36).padStart(4, 'x')).join(
  ' ',
);

/** The most owners that a service may have, with the longest ids. */
export const OWNERS = Array.from({ length: 100 }, (_, n) => `${n}-`.padEnd(128, 'w'));

/** The tickets with the largest data that the rules allow, and the log's last position. */
export interface LargestData {
  /** Full of events, messages and notes. */
  readonly long: string;
  /** Full of the longest texts. */
  readonly heavy: string;
  /** Dispatched to the most owners. */
  readonly owned: string;
  readonly position: string;
}

/** With the longest texts, EventStoreDB takes no more at once. */
const PAGE_SIZE_EVENTS = 10;
const LISTED_TICKETS = 60;

/** Writes events as the service would have written them. The service must not run. */
export async function writeLargestData(log: EventStore): Promise<LargestData> {
  for (let n = 0; n < LISTED_TICKETS; n++)
    await writeTicket(log, beginning(WIDE, OWNERS), () => null);
  const long = await writeTicket(log, beginning('Slow.'), shortEvent);
  const heavy = await writeTicket(log, beginning(WIDE), longEvent);
  const owned = await writeTicket(log, beginning(WIDE, OWNERS), (size) =>
    size.events < 300 ? note(WIDE) : null,
  );
  return { long, heavy, owned, position: String(await log.headPosition()) };
}

const beginning =
  (description: string, owners: readonly string[] = ['bob', 'carol']) =>
  (ticketId: string): readonly TicketEvent[] => [
    {
      type: 'TicketCreated',
      data: {
        ticketId,
        requester: { id: people.alice.sub, tenant: people.alice.tenant },
        serviceId: 'vpn',
        issueType: null,
        description,
        contact: { email: 'alice@acme.example' },
        agreementVersion: '2026-01',
        previousTicketId: null,
        sensitiveAcknowledged: false,
      },
    },
    { type: 'TicketDispatched', data: { owners, serviceId: 'vpn', serviceRevision: 1 } },
    { type: 'TicketAssigned', data: { engineerId: 'bob', how: 'claimed', reason: null } },
  ];

const note = (text: string): TicketEvent => ({ type: 'InternalNoteAdded', data: { text } });
const message = (text: string): TicketEvent => ({
  type: 'CustomerMessageAdded',
  data: { message: text },
});

/** As many messages and notes as there may be, and other events. */
function shortEvent({ events, entries }: TicketSize): TicketEvent | null {
  if (entries < FULL_TICKET.entries) {
    const text = 'It is still slow: packets are lost.';
    return events % 2 === 0 ? message(text) : note(text);
  }
  const severity = events % 2 === 0 ? 'low' : 'high';
  return events < FULL_TICKET.events ? { type: 'TicketSeveritySet', data: { severity } } : null;
}

function longEvent(size: TicketSize): TicketEvent | null {
  if (percentFull(size) === 100) return null;
  if (size.events % 10 === 0) return message(WORDS);
  if (size.events % 10 === 5) return message(ESCAPED);
  return size.events % 2 === 0 ? message(WIDE) : note(WIDE);
}

/** Writes a ticket and events until there is no next one. Returns the ticket's id. */
async function writeTicket(
  log: EventStore,
  begin: (ticketId: string) => readonly TicketEvent[],
  next: (size: TicketSize) => TicketEvent | null,
): Promise<string> {
  const ticketId = v7();
  let head = NO_STREAM;
  let state: TicketState = ticketDecider.initial;
  let events = begin(ticketId);
  while (events.length > 0) {
    const made: CommandEvents<TicketState> = commandEvents(
      ticketDecider,
      ticketCodec,
      state,
      events,
      contextNow(),
    );
    ({ head } = await log.append(ticketStream(ticketId), head, made.toAppend));
    state = made.state;
    events = pageAfter(state as Ticket, next);
  }
  return ticketId;
}

function pageAfter(ticket: Ticket, next: (size: TicketSize) => TicketEvent | null): TicketEvent[] {
  const events: TicketEvent[] = [];
  let after: TicketState = ticket;
  while (events.length < PAGE_SIZE_EVENTS) {
    const event = next((after as Ticket).size);
    if (event === null) break;
    events.push(event);
    after = ticketDecider.evolve(after, event);
  }
  return events;
}

function contextNow() {
  const commandId = v7();
  return {
    commandId,
    at: new Date().toISOString(),
    actor: { id: 'bob', tenant: null },
    correlationId: commandId,
    causationId: commandId,
    role: 'engineer',
  };
}
