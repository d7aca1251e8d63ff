import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PeriodSort } from '#projections/past/periods-at.js';
import { SqliteViewStore } from '#view-stores/sqlite/sqlite-view-store.js';
import { ticketsAsOf, type TicketThen } from '#projections/testing/tickets-as-of.js';
import { projectAll } from '#consuming/testing/projecting.js';
import {
  requesters,
  storyMinutes,
  storyTurns,
  tellStory,
} from '#projections/testing/random-stories.js';
import { ticketPeriods } from '#projections/ticket-periods.js';
import type { TicketView } from '#projections/tickets.js';
import { handlerOf } from '#ticketing/ticket/state.js';
import type { Condition, Place } from '#view-stores/view-store.js';
import { readPastPage, type Past } from './past-page.js';

/** More tickets than stories have by themselves. */
const turns = storyTurns.map((some) =>
  some.map((turn) => ({ ...turn, which: turn.which + 4 * (turn.pick % 5) })),
);

interface Filter {
  readonly where: readonly Condition[];
  readonly words?: readonly string[];
  readonly passes: (view: TicketView) => boolean;
}
const is = (field: string, ...values: (string | null)[]): Condition => ({ field, in: values });
const firstHour = '2026-11-24T13:00:00.000Z';
const filters: readonly Filter[] = [
  { where: [], passes: () => true },
  { where: [is('state', 'processing')], passes: ({ ticket }) => ticket.state === 'processing' },
  {
    where: [is('state', 'pending', 'closed')],
    passes: ({ ticket }) => ticket.state === 'pending' || ticket.state === 'closed',
  },
  { where: [is('service', 'mail')], passes: ({ ticket }) => ticket.serviceId === 'mail' },
  { where: [is('handler', 'bob')], passes: ({ ticket }) => handlerOf(ticket) === 'bob' },
  { where: [is('severity', 'high')], passes: ({ ticket }) => ticket.severity === 'high' },
  { where: [is('tenant', 'globex')], passes: ({ ticket }) => ticket.requester.tenant === 'globex' },
  { where: [is('requester', 'alice')], passes: ({ ticket }) => ticket.requester.id === 'alice' },
  ...requesters.map((requester): Filter => ({
    where: [is('requester', requester.id), is('tenant', requester.tenant)],
    passes: ({ ticket: { requester: its } }) =>
      its.id === requester.id && its.tenant === requester.tenant,
  })),
  {
    where: [{ list: 'owners', has: ['carol'] }],
    passes: ({ ticket }) => ticket.owners.includes('carol'),
  },
  {
    where: [{ field: 'createdAt', from: firstHour }],
    passes: ({ createdAt }) => createdAt >= firstHour,
  },
  {
    where: [],
    words: ['word2', 'again'],
    passes: ({ words }) => words.includes('word2') && words.includes('again'),
  },
];

/** All pages of a query. */
async function allPages(
  past: Past,
  time: number,
  { where, words = [] }: Filter,
  field: PeriodSort,
  descending: boolean,
  limit: number,
): Promise<TicketView[]> {
  const views: TicketView[] = [];
  let after: Place | null = null;
  do {
    const query = { time, where, sort: { field, descending }, limit };
    const page = await readPastPage(past, after === null ? query : { ...query, after }, words);
    expect(page.views.length).toBeLessThanOrEqual(limit);
    views.push(...page.views);
    after = page.next;
  } while (after !== null);
  return views;
}

/** A naive implementation: sorted as documented, and by id if that leaves the order open. */
function byHand(
  then: readonly TicketThen[],
  { passes }: Filter,
  field: PeriodSort,
  descending: boolean,
): TicketView[] {
  const keyed = then
    .filter(({ view }) => passes(view))
    .map(({ ticketId, view, since }) => ({
      view,
      key: field === 'from' ? since : Date.parse(view.createdAt),
      id: ticketId,
    }));
  keyed.sort((a, b) => a.key - b.key || (a.id < b.id ? -1 : 1));
  const views = keyed.map(({ view }) => view);
  return descending ? views.reverse() : views;
}

describe('a page of the past', () => {
  it('has the tickets as they were, for every filter, sort, size and time', async () => {
    let most = 0;
    await fc.assert(
      fc.asyncProperty(
        turns,
        storyMinutes,
        fc.array(
          fc.record({
            which: fc.nat(60),
            beside: fc.constantFrom(-1, 0, 1, 999, 60_000),
            filter: fc.constantFrom(...filters),
            field: fc.constantFrom<PeriodSort>('from', 'createdAt'),
            descending: fc.boolean(),
            limit: fc.integer({ min: 1, max: 9 }),
          }),
          { minLength: 10, maxLength: 30 },
        ),
        async (some, minutes, questions) => {
          const story = await tellStory(some, minutes);
          const events = await story.events();
          const store = new SqliteViewStore(':memory:');
          await projectAll(ticketPeriods, story.log, store);
          const past = { periods: store.reader(ticketPeriods), log: story.log };
          for (const { which, beside, filter, field, descending, limit } of questions) {
            const time = Date.parse(events[which % events.length]?.at ?? '') + beside;
            const expected = byHand(ticketsAsOf(events, time), filter, field, descending);
            const found = await allPages(past, time, filter, field, descending, limit);
            expect(found).toEqual(expected);
            most = Math.max(most, found.length);
          }
          await store.close();
        },
      ),
      { numRuns: 60 },
    );
    // Guards against stories without several pages.
    expect(most).toBeGreaterThan(5);
  });
});
