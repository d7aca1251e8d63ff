import { beforeEach, describe, expect, it } from '@jest/globals';
import { ticketEvents } from '#event-store/testing/todays-events.js';
import { confirmationDueAt, created, dispatched, ticketId } from '#ticketing/testing/tickets.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import type { EventActor } from '#event-store/codec/decoded-event.js';
import { fieldsOf, project, Story } from './testing/story.js';
import { ticketEntries } from './ticket-entries.js';

const bob: EventActor = { id: 'bob', role: 'engineer', tenant: null };

let story: Story;
beforeEach(async () => {
  story = new Story();
  await story.ticket(ticketId, created, dispatched, {
    type: 'TicketAssigned',
    data: { engineerId: 'bob', how: 'claimed', reason: null },
  });
});
const entries = async () => project(ticketEntries, await story.events());

describe('the entries of a ticket', () => {
  it('are empty at first: a short description is on the ticket', async () => {
    expect(await entries()).toStrictEqual(new Map());
  });

  it.each<[string, TicketEvent]>([
    ['feedback_requested', { type: 'FeedbackRequested', data: { message: 'Since when?' } }],
    ['feedback_provided', { type: 'FeedbackProvided', data: { message: 'Since when?' } }],
    ['message', { type: 'CustomerMessageAdded', data: { message: 'Since when?' } }],
    ['note', { type: 'InternalNoteAdded', data: { text: 'Since when?' } }],
  ])('have the kind %s, the author and the time', async (kind, event) => {
    story.actor = bob;
    await story.ticket(ticketId, event);
    const group = kind === 'note' ? 'note' : 'message';
    const entry = (await entries()).get(`${ticketId}@${group}000003`);
    const place = { ticketId, revision: 3, author: bob, at: Story.at(3) };
    expect(entry).toStrictEqual({ ...place, kind, text: 'Since when?' });
  });

  const long = 'A long text. '.repeat(100);
  const texts = (text: string): [kind: string, event: TicketEvent][] => [
    ['resolution', { type: 'ResolutionSubmitted', data: { summary: text, confirmationDueAt } }],
    ['evaluation', { type: 'EvaluationSubmitted', data: { rating: 2, comment: text } }],
    ['evaluation', { type: 'ResolutionConfirmed', data: { rating: null, comment: text } }],
  ];

  it.each(texts(long))('have the text of a long %s', async (kind, event) => {
    await story.ticket(ticketId, event);
    expect((await entries()).get(`${ticketId}@text000003`)).toMatchObject({
      kind,
      text: long,
    });
  });

  it('have the text of a long description', async () => {
    const data = { ...ticketEvents.TicketCreated, description: long };
    await story.ticket('another', { type: 'TicketCreated', data });
    expect((await entries()).get('another@text000000')).toMatchObject({
      kind: 'description',
      text: long,
    });
  });

  it.each(texts('Short.'))('do not have the text of a short %s', async (_, event) => {
    await story.ticket(ticketId, event);
    expect(await entries()).toStrictEqual(new Map());
  });

  it('are one for each message of each ticket', async () => {
    const note: TicketEvent = { type: 'InternalNoteAdded', data: { text: 'The same.' } };
    await story.ticket(ticketId, note, note);
    await story.ticket('another', created, note);
    const all = [...(await entries()).values()];
    expect(all.map((entry) => fieldsOf(ticketEntries, entry))).toStrictEqual([
      { id: `${ticketId}@note000003` },
      { id: `${ticketId}@note000004` },
      { id: 'another@note000001' },
    ]);
  });

  it('have the customer of a message on behalf', async () => {
    story.actor = { ...bob, onBehalfOf: { id: 'alice', tenant: 'acme' } };
    await story.ticket(ticketId, { type: 'CustomerMessageAdded', data: { message: 'By phone.' } });
    const entry = (await entries()).get(`${ticketId}@message000003`);
    expect(entry?.author.onBehalfOf).toStrictEqual({ id: 'alice', tenant: 'acme' });
  });

  it('do not change if the events are repeated', async () => {
    await story.ticket(ticketId, { type: 'InternalNoteAdded', data: { text: 'Once.' } });
    const once = await entries();
    expect(project(ticketEntries, await story.events(), once)).toStrictEqual(once);
  });
});
