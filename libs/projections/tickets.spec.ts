import { beforeEach, describe, expect, it } from '@jest/globals';
import { present } from '#event-store/testing/present.js';
import { ticketEvents } from '#event-store/testing/todays-events.js';
import {
  confirmationDueAt,
  created,
  dispatched,
  evaluationDueAt,
  stateAfter,
  ticketId,
  ticketThatIs,
} from '#ticketing/testing/tickets.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import { GapInStream } from './projection.js';
import { fieldsOf, listsOf, project, Story } from './testing/story.js';
import { tickets, type TicketView } from './tickets.js';

/** These documents are computed without others. */
const none = () => null;

let story: Story;
beforeEach(() => {
  story = new Story();
});
const viewAfter = async (...events: readonly TicketEvent[]): Promise<TicketView> => {
  await story.ticket(ticketId, ...events);
  return present(project(tickets, await story.events()).get(ticketId));
};
const claimed: TicketEvent = {
  type: 'TicketAssigned',
  data: { engineerId: 'bob', how: 'claimed', reason: null },
};
const message = (text: string): TicketEvent => ({
  type: 'CustomerMessageAdded',
  data: { message: text },
});

describe('the view of a ticket', () => {
  it('begins with the creation', async () => {
    expect(await viewAfter(created)).toStrictEqual({
      ticket: stateAfter(created),
      reference: 'ST-T5CY4-TQKFF',
      revision: 0,
      position: '0',
      description: { excerpt: 'The tunnel drops every hour.', entry: null },
      previousTicketId: null,
      resolution: null,
      evaluation: null,
      closeReason: null,
      createdAt: Story.at(0),
      updatedAt: Story.at(0),
      lastMessageAt: null,
      waitingSince: Story.at(0),
      words: ['the', 'tunnel', 'drops', 'every', 'hour'],
    });
  });

  it('refuses another event of a revision that it has seen, and takes a repeat', async () => {
    const view = await viewAfter(created, claimed);
    const events = await story.events();
    const last = present(events.at(-1));
    expect(tickets.project(view, last, ticketId, none)).toBe(view);
    const another = { ...last, position: last.position + 1n };
    expect(() => tickets.project(view, another, ticketId, none)).toThrow(
      /has an event of revision 1 at position 2, but its view has seen another one/,
    );
  });

  it('has the previous ticket', async () => {
    const data = { ...ticketEvents.TicketCreated, previousTicketId: 'another' };
    expect(await viewAfter({ type: 'TicketCreated', data })).toMatchObject({
      previousTicketId: 'another',
    });
  });

  it.each(Object.entries(ticketThatIs))('is %s like in the domain', async (state, events) => {
    const view = await viewAfter(...events);
    expect(view.ticket).toStrictEqual(stateAfter(...events));
    expect(view.ticket.state).toBe(state);
    expect(view.revision).toBe(events.length - 1);
    expect(view.createdAt).toBe(Story.at(0));
    expect(view.updatedAt).toBe(Story.at(events.length - 1));
  });

  const resolved: TicketEvent = {
    type: 'ResolutionSubmitted',
    data: { summary: 'Renewed.', confirmationDueAt },
  };

  const renewed = { excerpt: 'Renewed.', entry: null };

  it('has the resolution with its author and time', async () => {
    story.actor = { id: 'bob', role: 'engineer' };
    const { resolution } = await viewAfter(created, dispatched, claimed, resolved);
    expect(resolution).toStrictEqual({ summary: renewed, by: 'bob', at: Story.at(3) });
  });

  it.each<TicketEvent>([
    { type: 'ResolutionWithdrawn', data: { reason: 'It was the wrong one.' } },
    { type: 'ResolutionRejected', data: { reason: 'It still drops.' } },
  ])('has no resolution after $type, until the next one', async (event) => {
    const events = [created, dispatched, claimed, resolved, event];
    expect((await viewAfter(...events)).resolution).toBeNull();
    expect((await viewAfter(resolved)).resolution?.summary).toStrictEqual(renewed);
  });

  const confirmed = (rating: number | null, comment: string | null): TicketEvent[] => [
    { type: 'ResolutionConfirmed', data: { rating, comment } },
    {
      type: 'TicketClosed',
      data: { reason: 'confirmed', explanation: null, evaluationDueAt },
    },
  ];

  it.each<[number | null, string | null]>([
    [4, 'Thank you.'],
    [4, null],
    [null, 'Thank you.'],
  ])('has the evaluation that came with the confirmation: %j, %j', async (rating, comment) => {
    const events = [created, dispatched, claimed, resolved, ...confirmed(rating, comment)];
    const view = await viewAfter(...events);
    const short = comment === null ? null : { excerpt: comment, entry: null };
    expect(view.evaluation).toStrictEqual({ rating, comment: short, at: Story.at(4) });
    expect(view.closeReason).toBe('confirmed');
    expect(view.resolution?.summary).toStrictEqual(renewed);
  });

  it('has no evaluation until the customer gives one', async () => {
    const events = [created, dispatched, claimed, resolved, ...confirmed(null, null)];
    expect((await viewAfter(...events)).evaluation).toBeNull();
    const later = await viewAfter({
      type: 'EvaluationSubmitted',
      data: { rating: 2, comment: null },
    });
    expect(later.evaluation).toStrictEqual({ rating: 2, comment: null, at: Story.at(6) });
    expect(later.closeReason).toBe('confirmed');
  });

  it('has the time of the last message, which is not that of a note', async () => {
    const view = await viewAfter(
      created,
      dispatched,
      claimed,
      { type: 'FeedbackRequested', data: { message: 'Since when?' } },
      message('Since Monday.'),
      { type: 'InternalNoteAdded', data: { text: 'secret' } },
    );
    expect(view.lastMessageAt).toBe(Story.at(4));
  });

  it('has only excerpts of long texts, and names the entries that have them', async () => {
    const long = 'x'.repeat(10_000);
    const events: TicketEvent[] = [
      { type: 'TicketCreated', data: { ...ticketEvents.TicketCreated, description: long } },
      dispatched,
      claimed,
      { ...resolved, data: { summary: long, confirmationDueAt } },
      ...confirmed(1, long),
    ];
    const excerpt = 'x'.repeat(200);
    expect(await viewAfter(...events)).toMatchObject({
      description: { excerpt, entry: 0 },
      resolution: { summary: { excerpt, entry: 3 } },
      evaluation: { comment: { excerpt, entry: 4 } },
    });
  });

  it('has the words of the description and messages, and no others', async () => {
    const view = await viewAfter(
      { type: 'TicketCreated', data: { ...ticketEvents.TicketCreated, description: 'Slow VPN' } },
      dispatched,
      claimed,
      { type: 'FeedbackRequested', data: { message: 'Since when?' } },
      { type: 'FeedbackProvided', data: { message: 'Since Monday.' } },
      message('VPN again'),
      { type: 'InternalNoteAdded', data: { text: 'secret' } },
      { ...resolved, data: { summary: 'summary', confirmationDueAt } },
    );
    expect(view.words).toStrictEqual(['slow', 'vpn', 'since', 'when', 'monday', 'again']);
  });
});

describe('the turn on a ticket', () => {
  const asked: TicketEvent = { type: 'FeedbackRequested', data: { message: 'Since when?' } };
  const answered: TicketEvent = { type: 'FeedbackProvided', data: { message: 'Monday.' } };
  const resolved: TicketEvent = {
    type: 'ResolutionSubmitted',
    data: { summary: 'Renewed.', confirmationDueAt },
  };
  const closed: TicketEvent = {
    type: 'TicketClosed',
    data: { reason: 'forced', explanation: 'Spam.', evaluationDueAt: null },
  };

  it.each<[string, number | null, TicketEvent[]]>([
    ["is the desk's from the creation", 0, []],
    ["is the customer's from a request", 3, [asked]],
    ['stays as other events follow', 3, [asked, message('Wait.')]],
    ["is the desk's again from the answer", 4, [asked, answered]],
    ['moves on with the next request', 5, [asked, answered, resolved]],
    ['ends with the ticket', null, [asked, answered, resolved, closed]],
  ])('%s', async (_, minute, events) => {
    const { waitingSince } = await viewAfter(created, dispatched, claimed, ...events);
    expect(waitingSince).toBe(minute === null ? null : Story.at(minute));
  });
});

describe('the view of a ticket, projected out of order', () => {
  it('ignores an event that it has seen', async () => {
    const view = await viewAfter(created, dispatched, message('Again.'));
    for (const event of await story.events()) {
      expect(tickets.project(view, event, ticketId, none)).toBe(view);
    }
  });

  it('stops if an event is missing', async () => {
    await story.ticket(ticketId, created, dispatched, claimed);
    const [first, , third] = await story.events();
    const view = tickets.project(null, present(first), ticketId, none);
    const skip = () => tickets.project(view, present(third), ticketId, none);
    expect(skip).toThrow(GapInStream);
    expect(skip).toThrow(`ticket-${ticketId} is at revision 2`);
    expect(() => tickets.project(null, present(third), ticketId, none)).toThrow(GapInStream);
  });
});

describe('a ticket is found', () => {
  it('by its id, after every event', async () => {
    await story.ticket(ticketId, created, dispatched);
    for (const event of await story.events())
      expect(tickets.touches(event)).toStrictEqual([ticketId]);
  });

  it('by its fields', async () => {
    const severity: TicketEvent = { type: 'TicketSeveritySet', data: { severity: 'high' } };
    expect(
      fieldsOf(tickets, await viewAfter(created, dispatched, claimed, severity)),
    ).toStrictEqual({
      state: 'processing',
      service: 'vpn',
      handler: 'bob',
      requester: 'alice',
      tenant: 'acme',
      severity: 'high',
      createdAt: Story.at(0),
      updatedAt: Story.at(3),
    });
  });

  it('by its fields, if few are set', async () => {
    const requester = { id: 'alice', tenant: null };
    const data = { ...ticketEvents.TicketCreated, requester };
    expect(fieldsOf(tickets, await viewAfter({ type: 'TicketCreated', data }))).toMatchObject({
      handler: null,
      tenant: null,
      severity: null,
    });
  });

  const customer = 'customer:["acme","alice"]';
  it.each<[keyof typeof ticketThatIs, string[]]>([
    ['pending', ['staff:bob', 'staff:carol']],
    ['processing', ['staff:bob']],
    ['pending_feedback', ['staff:bob', customer]],
    ['pending_reply', ['staff:bob']],
    ['pending_confirmation', ['staff:bob', customer]],
    ['canceled', []],
    ['closed', []],
  ])('that is %s by the person whom it waits for', async (state, waitsFor) => {
    const lists = listsOf(tickets, await viewAfter(...ticketThatIs[state]));
    expect(lists).toMatchObject({ waitsFor, owners: ['bob', 'carol'] });
  });

  it('by the words in it', async () => {
    const view = await viewAfter(created);
    expect(listsOf(tickets, view)['words']).toBe(view.words);
  });
});
