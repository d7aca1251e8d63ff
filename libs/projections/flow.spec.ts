import { beforeEach, describe, expect, it } from '@jest/globals';
import { ticketThatIs } from '#ticketing/testing/tickets.js';
import { fieldsOf, project, Story } from './testing/story.js';
import { flow } from './flow.js';

const HOUR = 60;
const DAY = 24 * HOUR;

/** Begins on 24 November 2026 at noon. */
let story: Story;
beforeEach(() => {
  story = new Story();
});
const flowed = async () => project(flow, await story.events());

describe('the flow', () => {
  it('counts a created ticket in its hour, its day and its month', async () => {
    await story.ticket('1', ...ticketThatIs.processing);
    const once = { created: 1, closed: 0, canceled: 0, position: '0' };
    expect(await flowed()).toStrictEqual(
      new Map([
        ['2026-11', { span: 'month', start: '2026-11', ...once }],
        ['2026-11-24', { span: 'day', start: '2026-11-24', ...once }],
        ['2026-11-24T12', { span: 'hour', start: '2026-11-24T12', ...once }],
      ]),
    );
  });

  it('counts a ticket that ended at the time of its end', async () => {
    const { pending, closed, canceled } = ticketThatIs;
    await story.ticket('1', ...pending);
    await story.ticket('2', ...pending);
    story.minute = 10 * DAY;
    await story.ticket('1', ...closed.slice(pending.length));
    story.minute += HOUR;
    await story.ticket('2', ...canceled.slice(pending.length));
    const found = await flowed();
    expect(found.get('2026-11')).toMatchObject({ created: 2, closed: 0, canceled: 0 });
    expect(found.get('2026-12')).toMatchObject({ created: 0, closed: 1, canceled: 1 });
    expect(found.get('2026-12-04')).toMatchObject({ created: 0, closed: 1, canceled: 1 });
    expect(found.get('2026-12-04T12')).toMatchObject({ closed: 1, canceled: 0 });
    expect(found.get('2026-12-04T13')).toMatchObject({ closed: 0, canceled: 1 });
  });

  it('has no document for hours in which no ticket was created or ended', async () => {
    await story.ticket('1', ...ticketThatIs.pending);
    story.minute = 5 * HOUR;
    const { pending, pending_reply: reply } = ticketThatIs;
    await story.ticket('1', ...reply.slice(pending.length));
    expect([...(await flowed()).keys()].sort()).toEqual(['2026-11', '2026-11-24', '2026-11-24T12']);
  });

  it('begins a span at midnight UTC', async () => {
    story.minute = 12 * HOUR - 1;
    await story.ticket('1', ...ticketThatIs.pending);
    await story.ticket('2', ...ticketThatIs.pending);
    const found = await flowed();
    expect(found.get('2026-11-24T23')?.created).toBe(1);
    expect(found.get('2026-11-25T00')?.created).toBe(1);
    expect(found.get('2026-11')?.created).toBe(2);
  });

  it('is found by span and start', async () => {
    await story.ticket('1', ...ticketThatIs.pending);
    const hour = (await flowed()).get('2026-11-24T12');
    expect(hour && fieldsOf(flow, hour)).toStrictEqual({ span: 'hour', start: '2026-11-24T12' });
  });

  it('counts nothing twice if events are repeated', async () => {
    await story.ticket('1', ...ticketThatIs.closed);
    const once = await flowed();
    expect(project(flow, await story.events(), once)).toStrictEqual(once);
  });
});
