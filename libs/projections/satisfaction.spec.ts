import { beforeEach, describe, expect, it } from '@jest/globals';
import { created, ticketThatIs } from '#ticketing/testing/tickets.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import { fieldsOf, project, Story } from './testing/story.js';
import { satisfaction } from './satisfaction.js';

const confirmed = (rating: number | null): TicketEvent => ({
  type: 'ResolutionConfirmed',
  data: { rating, comment: null },
});
const evaluated = (rating: number): TicketEvent => ({
  type: 'EvaluationSubmitted',
  data: { rating, comment: null },
});
const forced: TicketEvent = {
  type: 'TicketClosed',
  data: { reason: 'forced', explanation: 'Spam.', evaluationDueAt: '2026-12-24T09:00:00.000Z' },
};

let story: Story;
beforeEach(() => {
  story = new Story();
});
const ratings = async () =>
  Object.fromEntries(
    [...project(satisfaction, await story.events())].map(([id, { distribution }]) => [
      id,
      distribution,
    ]),
  );

describe('the satisfaction', () => {
  it('counts a rating that came with the confirmation', async () => {
    await story.ticket('1', ...ticketThatIs.pending_confirmation, confirmed(4));
    const four = [0, 0, 0, 1, 0];
    expect(await ratings()).toEqual({
      'all null': four,
      'service "vpn"': four,
      'handler "bob"': four,
    });
  });

  it('counts a rating that came later', async () => {
    await story.ticket('1', ...ticketThatIs.closed, evaluated(1));
    await story.ticket('2', ...ticketThatIs.pending_confirmation, confirmed(5));
    expect(await ratings()).toMatchObject({
      'all null': [1, 0, 0, 0, 1],
      'handler "bob"': [1, 0, 0, 0, 1],
    });
  });

  it('counts nothing if there is no rating', async () => {
    await story.ticket('1', ...ticketThatIs.pending_confirmation, confirmed(null));
    expect(await ratings()).toEqual({});
  });

  it('counts under null if no engineer handled the ticket', async () => {
    await story.ticket('1', created, forced, evaluated(2));
    expect(await ratings()).toHaveProperty(['handler null'], [0, 1, 0, 0, 0]);
  });

  it('is found by its group', async () => {
    await story.ticket('1', ...ticketThatIs.closed, evaluated(3));
    const view = project(satisfaction, await story.events()).get('handler "bob"');
    expect(view && fieldsOf(satisfaction, view)).toStrictEqual({
      group: 'handler "bob"',
      dimension: 'handler',
    });
  });

  it('counts no rating twice if its event is repeated', async () => {
    await story.ticket('1', ...ticketThatIs.closed, evaluated(3));
    const events = await story.events();
    const once = project(satisfaction, events);
    expect(project(satisfaction, events, once)).toStrictEqual(once);
  });
});
