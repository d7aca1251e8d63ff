import { beforeEach, describe, expect, it } from '@jest/globals';
import { present } from '#event-store/testing/present.js';
import { created, dispatched, ticketId, ticketThatIs } from '#ticketing/testing/tickets.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import { facetsOf } from '#ticketing/ticket/state.js';
import { LASTING } from './past/length-classes.js';
import { GapInStream } from './projection.js';
import { fieldsOf, listsOf, project, Story } from './testing/story.js';
import { lastChange, ticketPeriods, type TicketPeriod } from './ticket-periods.js';

let story: Story;
beforeEach(() => {
  story = new Story();
});

const time = (minute: number): number => Date.parse(Story.at(minute));
/** In the order of their beginnings. */
const periods = async (): Promise<TicketPeriod[]> =>
  [...project(ticketPeriods, await story.events()).values()].sort(
    (a, b) => a.from - b.from || a.until - b.until,
  );
const spans = async () => (await periods()).map(({ from, until }) => [from, until]);

const note: TicketEvent = { type: 'InternalNoteAdded', data: { text: 'A note.' } };
const second = 1 / 60;

describe('the periods of a ticket', () => {
  it.each(Object.entries(ticketThatIs))('one an event, until it is %s', async (_, events) => {
    for (const event of events) {
      await story.ticket(ticketId, event);
      const now = present((await periods()).at(-1));
      const revision = events.indexOf(event);
      expect(now).toStrictEqual({
        ticketId,
        revision,
        ...facetsOf(story.ticketNow(ticketId)),
        requester: 'alice',
        createdAt: Story.at(0),
        from: time(revision),
        until: LASTING,
        changes: [0],
      });
    }
    const minutes = events.map((_event, minute) => [time(minute), time(minute + 1)]);
    expect(await spans()).toStrictEqual(
      minutes.map(([from], index) => [from, minutes[index + 1]?.[0] ?? LASTING]),
    );
  });

  it('do not overlap if the clock steps back: a period of that time is empty', async () => {
    await story.ticket(ticketId, created);
    story.minute = 10;
    await story.ticket(ticketId, dispatched);
    story.minute = 5;
    await story.ticket(ticketId, { type: 'TicketSeveritySet', data: { severity: 'high' } });
    story.minute = 20;
    await story.ticket(ticketId, { type: 'TicketCanceled', data: { reason: null } });
    expect(await spans()).toStrictEqual([
      [time(0), time(10)],
      [time(10), time(10)],
      [time(10), time(20)],
      [time(20), LASTING],
    ]);
  });

  it('go on with an event of the same second that changes no facet', async () => {
    await story.ticket(ticketId, created, note);
    story.minute = 1 + second / 2;
    await story.ticket(ticketId, note);
    story.minute = 1 + second / 4;
    await story.ticket(ticketId, note);
    story.minute = 2;
    await story.ticket(ticketId, note);
    expect(await spans()).toStrictEqual([
      [time(0), time(1)],
      [time(1), time(2)],
      [time(2), LASTING],
    ]);
    const [, period] = await periods();
    expect(period).toMatchObject({ revision: 3, changes: [0, 500, 500] });
    expect(lastChange(present(period), time(1) + 499)).toBe(time(1));
    expect(lastChange(present(period), time(1) + 500)).toBe(time(1) + 500);
  });

  it('end with an event of the same second that changes a facet, or is one of many', async () => {
    const step = () => (story.minute = Math.round(story.minute) - 1 + second / 2);
    await story.ticket(ticketId, created);
    step();
    await story.ticket(ticketId, dispatched);
    for (let n = 0; n < 16; n++) {
      step();
      await story.ticket(ticketId, note);
    }
    expect((await periods()).map(({ revision, changes }) => [revision, changes.length])).toEqual([
      [0, 1],
      [16, 16],
      [17, 1],
    ]);
  });

  it('ignore events that were seen, whatever was seen after them', async () => {
    await story.ticket(ticketId, ...ticketThatIs.closed);
    const events = await story.events();
    for (const seen of [1, 3, events.length]) {
      const before = project(ticketPeriods, events.slice(0, seen));
      expect(project(ticketPeriods, events.slice(0, seen), before)).toStrictEqual(before);
      const all = project(ticketPeriods, events);
      expect(project(ticketPeriods, events, before)).toStrictEqual(all);
    }
  });

  it('stop if an event is missing', async () => {
    await story.ticket(ticketId, ...ticketThatIs.processing);
    const [first, , third] = await story.events();
    const skip = () => project(ticketPeriods, [present(first), present(third)]);
    expect(skip).toThrow(GapInStream);
    expect(skip).toThrow(`ticket-${ticketId} is at revision 2`);
  });

  it('are found by what the ticket was then', async () => {
    await story.ticket(ticketId, ...ticketThatIs.processing);
    const [, second, third] = await periods();
    expect(fieldsOf(ticketPeriods, present(second))).toStrictEqual({
      state: 'pending',
      service: 'vpn',
      handler: null,
      severity: null,
      tenant: 'acme',
      requester: 'alice',
      ownedBy: '["bob","carol"]',
      createdAt: Story.at(0),
      from: time(1),
      until: time(2),
      lasts: 3,
    });
    expect(listsOf(ticketPeriods, present(second))).toStrictEqual({ owners: ['bob', 'carol'] });
    expect(fieldsOf(ticketPeriods, present(third))).toMatchObject({
      state: 'processing',
      handler: 'bob',
      lasts: 0,
    });
  });

  it('need events that carry facets', async () => {
    await story.ticket(ticketId, created);
    const event = present((await story.events())[0]);
    const { after: _, ...metadata } = event.metadata;
    expect(() => project(ticketPeriods, [{ ...event, metadata }])).toThrow(/TicketCreated/);
  });
});
