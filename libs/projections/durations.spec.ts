import { beforeEach, describe, expect, it } from '@jest/globals';
import { created, dispatched, ticketThatIs } from '#ticketing/testing/tickets.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import { mean } from './quantile-sketch.js';
import { measureNames, type MeasureName } from './ticket-clock.js';
import { project, Story } from './testing/story.js';
import { durations } from './durations.js';
import { groupId } from './ticket-groups.js';

const [, , claimed, asked, answered] = ticketThatIs.pending_reply as [
  TicketEvent,
  TicketEvent,
  TicketEvent,
  TicketEvent,
  TicketEvent,
];
const [resolved, closed] = ticketThatIs.closed.slice(-2) as [TicketEvent, TicketEvent];
const withdrawn: TicketEvent = { type: 'ResolutionWithdrawn', data: { reason: 'Wrong.' } };
const rejected: TicketEvent = { type: 'ResolutionRejected', data: { reason: 'It drops.' } };
const resumed: TicketEvent = { type: 'ProcessingResumed', data: { reason: null } };
const canceled: TicketEvent = { type: 'TicketCanceled', data: { reason: null } };
const note: TicketEvent = { type: 'InternalNoteAdded', data: { text: 'A note.' } };
const severity = (is: 'high' | 'low'): TicketEvent => ({
  type: 'TicketSeveritySet',
  data: { severity: is },
});

let story: Story;
beforeEach(() => {
  story = new Story();
});

/** Writes events of a ticket, each at a given minute. */
async function course(ticketId: string, ...events: readonly [number, TicketEvent][]) {
  for (const [minute, event] of events) {
    story.minute = minute;
    await story.ticket(ticketId, event);
  }
}

/** The means of a group in minutes, for its measures with values. */
async function minutesOf(dimension: string, key: string | null = null) {
  const views = project(durations, await story.events());
  const group = groupId(dimension, key);
  const means: { [Name in MeasureName]?: number } = {};
  for (const name of measureNames) {
    const view = views.get(`${name} ${group}`);
    const milliseconds = view?.kind === 'group' ? mean(view.sketch) : null;
    if (milliseconds !== null) means[name] = milliseconds / 60_000;
  }
  return means;
}

describe('the durations of a ticket', () => {
  it('are empty before an engineer takes the ticket', async () => {
    await course('1', [0, created], [1, dispatched], [9, severity('high')]);
    expect(await minutesOf('all')).toEqual({});
  });

  it('begin with its creation', async () => {
    await course('1', [10, created], [15, dispatched], [17, claimed]);
    expect(await minutesOf('all')).toEqual({ firstHandling: 7 });
  });

  it('have the first response, a question or a resolution', async () => {
    await course('1', [0, created], [1, claimed], [5, asked], [50, answered], [60, asked]);
    expect(await minutesOf('all')).toMatchObject({ firstHandling: 1, firstResponse: 5 });
    await course('2', [0, { ...created }], [1, claimed], [7, resolved]);
    expect(await minutesOf('all')).toMatchObject({ firstResponse: 6, resolution: 7 });
  });

  it('exclude the time of waiting for the customer', async () => {
    await course(
      '1',
      [0, created],
      [10, claimed],
      [20, asked],
      [120, answered],
      [130, resumed],
      [150, resolved],
      [1_150, closed],
    );
    expect(await minutesOf('all')).toEqual({
      firstHandling: 10,
      firstResponse: 20,
      // 150 less the 100 until the answer; waiting for the confirmation adds nothing.
      resolution: 50,
      close: 50,
      waitingForCustomer: 1_100,
    });
  });

  it('include a wait once it is over, and the sum of all waits', async () => {
    await course('1', [0, created], [1, claimed], [2, asked], [30, note]);
    expect(await minutesOf('all')).not.toHaveProperty('waitingForCustomer');
    await course('1', [42, answered]);
    expect(await minutesOf('all')).toMatchObject({ waitingForCustomer: 40 });
    await course('1', [50, asked], [55, answered]);
    expect(await minutesOf('all')).toMatchObject({ waitingForCustomer: 45 });
  });

  it.each([
    ['withdrawn', withdrawn],
    ['rejected', rejected],
  ])('forget a resolution that was %s, and have the next one', async (_, undone) => {
    await course('1', [0, created], [1, claimed], [10, resolved]);
    expect(await minutesOf('all')).toMatchObject({ resolution: 10 });
    await course('1', [15, undone]);
    expect(await minutesOf('all')).toEqual({
      firstHandling: 1,
      firstResponse: 10,
      waitingForCustomer: 5,
    });
    await course('1', [30, resolved]);
    expect(await minutesOf('all')).toMatchObject({ firstResponse: 10, resolution: 25 });
  });

  it('do not end with a cancelation', async () => {
    await course('1', [0, created], [5, canceled]);
    expect(await minutesOf('all')).toEqual({});
  });

  it('end with a close that a lead forces, without a resolution', async () => {
    await course('1', [0, created], [5, closed]);
    expect(await minutesOf('all')).toEqual({ close: 5 });
  });

  it('are never negative, even if the clock steps back', async () => {
    await course(
      '1',
      [100, created],
      [90, claimed],
      [80, asked],
      [70, answered],
      [60, resolved],
      [50, closed],
    );
    expect(await minutesOf('all')).toEqual({
      firstHandling: 0,
      firstResponse: 0,
      resolution: 0,
      close: 0,
      waitingForCustomer: 0,
    });
  });
});

describe('the durations of a group', () => {
  const fast: [number, TicketEvent][] = [
    [0, created],
    [2, claimed],
    [4, resolved],
  ];

  it('are those of its tickets', async () => {
    const mail = { ...created, data: { ...created.data, serviceId: 'mail' } } as TicketEvent;
    await course('1', ...fast);
    await course('2', [0, mail], [8, claimed]);
    expect(await minutesOf('service', 'vpn')).toMatchObject({ firstHandling: 2, resolution: 4 });
    expect(await minutesOf('service', 'mail')).toEqual({ firstHandling: 8 });
    expect(await minutesOf('all')).toMatchObject({ firstHandling: 5 });
  });

  it('move with a ticket to another severity', async () => {
    await course('1', ...fast);
    const all = { firstHandling: 2, firstResponse: 4, resolution: 4 };
    expect(await minutesOf('severity')).toEqual(all);
    await course('1', [5, severity('high')]);
    expect(await minutesOf('severity')).toEqual({});
    expect(await minutesOf('severity', 'high')).toEqual(all);
    await course('1', [6, severity('low')], [7, withdrawn]);
    expect(await minutesOf('severity', 'high')).toEqual({});
    expect(await minutesOf('severity', 'low')).toEqual({
      firstHandling: 2,
      firstResponse: 4,
      waitingForCustomer: 3,
    });
    expect(await minutesOf('service', 'vpn')).toEqual(await minutesOf('severity', 'low'));
  });
});

describe('an event', () => {
  /** The documents that the last event of a ticket touches, sources last. */
  async function touchedBy(...events: readonly TicketEvent[]): Promise<readonly string[]> {
    await story.ticket('1', ...events);
    const last = (await story.events()).at(-1);
    return last === undefined ? [] : durations.touches(last);
  }

  it('touches the ticket, and the measures that it may change', async () => {
    expect(await touchedBy(created)).toEqual(['ticket-1']);
    expect(await touchedBy(claimed)).toEqual([
      'firstHandling all null',
      'firstHandling service "vpn"',
      'firstHandling severity null',
      'ticket-1',
    ]);
    expect(await touchedBy(asked, answered)).toEqual([
      'waitingForCustomer all null',
      'waitingForCustomer service "vpn"',
      'waitingForCustomer severity null',
      'ticket-1',
    ]);
  });

  it('that is repeated changes nothing', async () => {
    await story.ticket('1', ...ticketThatIs.closed);
    await story.ticket('2', ...ticketThatIs.pending_reply, severity('high'), resolved, withdrawn);
    const events = await story.events();
    const once = project(durations, events);
    expect(project(durations, events, once)).toStrictEqual(once);
  });
});
