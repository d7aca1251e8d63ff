import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Actor } from '../decision.js';
import { modelCommands } from '../testing/ticket-model-table.js';
import { protagonists, requests } from '../testing/walk-commands.js';
import type { Step } from '../testing/walk.js';
import { engineers, people } from '../testing/actors.js';
import { created, now, stateAfter, ticketThatIs, undispatched, vpn } from '../testing/tickets.js';
import type { TicketAction } from './catalogue.js';
import { allowedCommands, decide } from './decide.js';
import type { TicketEvent } from './events.js';
import { evolve } from './evolve.js';
import { FULL_TICKET, percentFull, TICKET_LIMITS, type TicketSize } from './limits.js';
import { ticketStates, type Ticket, type TicketState } from './state.js';

const parts = ['events', 'entries', 'textBytes'] as const;

const ticketAfter = (events: readonly TicketEvent[]): Ticket => {
  const state = stateAfter(...events);
  if (state.state === 'none') throw new Error('The fixture changed.');
  return state;
};

/** A ticket that reached a limit in some state. */
const fullTicket = (events: readonly TicketEvent[], part: keyof TicketSize): Ticket => {
  const ticket = ticketAfter(events);
  return { ...ticket, size: { ...ticket.size, [part]: FULL_TICKET[part] } };
};

const message = (text: string): TicketEvent => ({
  type: 'CustomerMessageAdded',
  data: { message: text },
});

describe('the size of a ticket', () => {
  it('counts events, messages and notes, and bytes of text', () => {
    const { size } = ticketAfter(ticketThatIs.pending_reply);
    expect(size).toMatchObject({ events: 5, entries: 2 });
    expect(ticketAfter([...ticketThatIs.pending_reply, message('Grüße, 東京 🎫')]).size).toEqual({
      events: 6,
      entries: 3,
      textBytes: size.textBytes + Buffer.byteLength('Grüße, 東京 🎫'),
    });
    const note: TicketEvent = { type: 'InternalNoteAdded', data: { text: 'Call back.' } };
    expect(ticketAfter([...ticketThatIs.pending_reply, note]).size).toMatchObject({ entries: 3 });
  });

  it.each(parts)('is in per cent of the limit of %s', (part) => {
    const { size } = ticketAfter([created]);
    expect(percentFull(size)).toBe(0);
    expect(percentFull({ ...size, [part]: FULL_TICKET[part] * 0.937 })).toBe(93);
    expect(percentFull({ ...size, [part]: FULL_TICKET[part] - 1 })).toBe(99);
    expect(percentFull({ ...size, [part]: FULL_TICKET[part] })).toBe(100);
    expect(percentFull({ ...size, [part]: TICKET_LIMITS[part] })).toBe(100);
  });

  it('leaves room for streams and tickets that are larger than those of people', () => {
    expect(FULL_TICKET.entries).toBeGreaterThan(10_000);
    expect(FULL_TICKET.textBytes).toBeGreaterThan(1_000 * Buffer.byteLength('東'.repeat(10_000)));
  });
});

describe('a full ticket', () => {
  it.each([
    ['events', '19,990 events'],
    ['entries', '14,995 messages and notes'],
    ['textBytes', '33,030,144 bytes of text'],
  ] as const)('refuses a message and says that it has reached its limit of %s', (part, has) => {
    const ticket = fullTicket(ticketThatIs.processing, part);
    const decision = decide(
      { type: 'messages', message: 'Hello?', by: people.alice, at: now },
      ticket,
    );
    expect(decision).toMatchObject({
      accepted: false,
      refusal: {
        code: 'ticket_full',
        detail: expect.stringContaining(`it has ${has}, and the limit is`),
        state: 'processing',
        allowed: [],
      },
    });
  });

  it.each([
    ['pending', ['cancel'], ['handle', 'assign', 'close']],
    ['processing', [], ['close']],
    ['pending_feedback', ['provide-feedback'], ['close']],
    ['pending_reply', [], ['close']],
    ['pending_confirmation', ['confirm'], ['close']],
    ['closed', ['evaluate'], []],
  ] as const)('that is %s takes what brings it to its end', (state, ofAlice, ofLena) => {
    const ticket = fullTicket(ticketThatIs[state], 'entries');
    expect(allowedCommands(people.alice, ticket, now)).toEqual(ofAlice);
    expect(allowedCommands(people.lena, ticket, now)).toEqual(ofLena);
  });

  it('is dispatched', () => {
    const dispatch = {
      type: 'dispatch',
      service: vpn,
      serviceRevision: 4,
      by: people.system,
      at: now,
    } as const;
    expect(decide(dispatch, fullTicket(undispatched, 'events'))).toMatchObject({ accepted: true });
  });
});

const LONG_TEXT = 'x'.repeat(64_000);

/** Texts as long as a body of 64 KiB allows, so that few commands fill a ticket. */
const lengthened = (request: object): object =>
  Object.fromEntries(
    Object.entries(request).map(([name, value]) => [
      name,
      ['message', 'text', 'summary', 'reason', 'comment'].includes(name) && value !== undefined
        ? LONG_TEXT
        : value,
    ]),
  );

/** The size of a ticket that a few more commands fill. */
const almostFull = fc.record({
  events: fc.integer({ min: FULL_TICKET.events - 20, max: FULL_TICKET.events - 1 }),
  entries: fc.integer({ min: FULL_TICKET.entries - 20, max: FULL_TICKET.entries - 1 }),
  textBytes: fc.integer({ min: FULL_TICKET.textBytes - 1_000_000, max: FULL_TICKET.textBytes - 1 }),
});

interface Attempt {
  readonly name: string;
  readonly by: Actor;
  readonly requests: Step['requests'];
}

const attempt: fc.Arbitrary<Attempt> = fc.record({
  name: fc.constantFrom(...modelCommands),
  by: fc.constantFrom(...protagonists, people.system),
  requests,
});

function commandOf({ name, by, requests: all }: Attempt): TicketAction {
  const request = all[name] ?? {};
  return {
    ...lengthened(request),
    engineer: engineers.dave,
    service: vpn,
    serviceRevision: 4,
    confirmationMinutes: 0,
    type: name,
    by,
    at: now,
  } as TicketAction;
}

function after(command: TicketAction, ticket: Ticket): Ticket {
  const decision = decide(command, ticket);
  const events = decision.accepted ? decision.events : [];
  const next = events.reduce<TicketState>(evolve, ticket);
  if (next.state === 'none') throw new Error('A ticket has disappeared.');
  return next;
}

describe('a random sequence of long commands on an almost full ticket', () => {
  const start = fc.constantFrom(undispatched, ...ticketStates.map((state) => ticketThatIs[state]));

  it('never exceeds the limits, and a lead can end the ticket', () => {
    let fullTickets = 0;
    const property = fc.property(
      start,
      almostFull,
      fc.array(attempt, { minLength: 100, maxLength: 200 }),
      (events, size, attempts) => {
        const ticket = attempts.reduce<Ticket>((before, one) => after(commandOf(one), before), {
          ...ticketAfter(events),
          size,
        });
        if (percentFull(ticket.size) === 100) fullTickets++;
        const close = {
          type: 'close',
          reason: LONG_TEXT,
          by: people.lena,
          at: now,
        } as const;
        const ended = after(close, ticket);
        expect(['closed', 'canceled']).toContain(ended.state);
        for (const part of parts) expect(ended.size[part]).toBeLessThanOrEqual(TICKET_LIMITS[part]);
      },
    );
    fc.assert(property, { numRuns: 60 });
    expect(fullTickets).toBeGreaterThan(10);
  });
});
