import { beforeEach, describe, expect, it } from '@jest/globals';
import { created, dispatched, ticketThatIs } from '#ticketing/testing/tickets.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import { fieldsOf, project, Story } from './testing/story.js';
import { groupId } from './ticket-groups.js';
import { ticketCounts } from './ticket-counts.js';

let story: Story;
beforeEach(() => {
  story = new Story();
});

/** What is counted, without zeros, by the ids of the groups. */
async function counted(): Promise<Record<string, Record<string, number>>> {
  const views = project(ticketCounts, await story.events());
  return Object.fromEntries(
    [...views].flatMap(([id, { counts }]) => {
      const some = Object.entries(counts).filter(([, n]) => n !== 0);
      return some.length === 0 ? [] : [[id, Object.fromEntries(some)]];
    }),
  );
}

const severe: TicketEvent = { type: 'TicketSeveritySet', data: { severity: 'high' } };
const forwarded: TicketEvent = {
  type: 'TicketForwarded',
  data: { engineerId: 'dave', became: 'handler', from: 'bob', reason: null },
};

describe('a ticket counts', () => {
  it('in every dimension, under null if it has no value', async () => {
    await story.ticket('1', created);
    expect(await counted()).toEqual({
      'all null': { pending: 1 },
      'service "vpn"': { pending: 1 },
      'tenant "acme"': { pending: 1 },
      'owner null': { pending: 1 },
      'handler null': { pending: 1 },
      'severity null': { pending: 1 },
    });
  });

  it('once under each of its owners', async () => {
    await story.ticket('1', created, dispatched);
    expect(await counted()).toMatchObject({
      'all null': { pending: 1 },
      'owner "bob"': { pending: 1 },
      'owner "carol"': { pending: 1 },
    });
    expect(await counted()).not.toHaveProperty(['owner null']);
  });

  it('only in its present groups', async () => {
    await story.ticket('1', ...ticketThatIs.processing, severe, forwarded);
    expect(await counted()).toEqual({
      'all null': { processing: 1 },
      'service "vpn"': { processing: 1 },
      'tenant "acme"': { processing: 1 },
      'owner "bob"': { processing: 1 },
      'owner "carol"': { processing: 1 },
      'handler "dave"': { processing: 1 },
      'severity "high"': { processing: 1 },
    });
  });

  it('also after it has ended', async () => {
    await story.ticket('1', ...ticketThatIs.closed);
    await story.ticket('2', ...ticketThatIs.canceled);
    expect(await counted()).toMatchObject({
      'all null': { closed: 1, canceled: 1 },
      'handler "bob"': { closed: 1 },
      'handler null': { canceled: 1 },
    });
  });

  it('apart from those whose key is the word null', async () => {
    const requester = { id: 'zoe', tenant: 'null' };
    const other = { ...created, data: { ...created.data, requester } } as TicketEvent;
    await story.ticket('1', other);
    expect(await counted()).toHaveProperty(['tenant "null"']);
    expect(await counted()).not.toHaveProperty(['tenant null']);
  });
});

describe('an event', () => {
  /** The groups that the last event of a ticket touches. */
  async function touchedBy(...events: readonly TicketEvent[]): Promise<readonly string[]> {
    await story.ticket('1', ...events);
    const last = (await story.events()).at(-1);
    return last === undefined ? [] : [...ticketCounts.touches(last)].sort();
  }

  it('that changes the state touches all groups of the ticket', async () => {
    expect(await touchedBy(...ticketThatIs.pending_feedback)).toEqual([
      'all null',
      'handler "bob"',
      'owner "bob"',
      'owner "carol"',
      'service "vpn"',
      'severity null',
      'tenant "acme"',
    ]);
  });

  it('that keeps the state touches the groups that the ticket leaves or joins', async () => {
    expect(await touchedBy(...ticketThatIs.processing, severe)).toEqual([
      'severity "high"',
      'severity null',
    ]);
    expect(await touchedBy(forwarded)).toEqual(['handler "bob"', 'handler "dave"']);
    expect(await touchedBy(severe)).toEqual([]);
  });

  it('that is repeated changes nothing', async () => {
    await story.ticket('1', ...ticketThatIs.closed);
    const events = await story.events();
    const once = project(ticketCounts, events);
    expect(project(ticketCounts, events, once)).toStrictEqual(once);
  });
});

describe('groups', () => {
  it('are found by their dimension, in the order of their keys', async () => {
    await story.ticket('1', created);
    const view = project(ticketCounts, await story.events()).get(groupId('service', 'vpn'));
    expect(view && fieldsOf(ticketCounts, view)).toStrictEqual({
      group: 'service "vpn"',
      dimension: 'service',
    });
  });
});
