import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { facetsOf, type TicketFacets } from '#ticketing/ticket/state.js';
import { SqliteViewStore } from '#view-stores/sqlite/sqlite-view-store.js';
import { ticketsAsOf } from '../testing/tickets-as-of.js';
import { projectAll } from '#consuming/testing/projecting.js';
import { storyMinutes, storyTurns, tellStory } from '../testing/random-stories.js';
import type { CountDimension } from '../ticket-counts.js';
import { ticketPeriods } from '../ticket-periods.js';
import { countsAt, type StateCount } from './counts-at.js';

/** Under which keys a ticket counts. */
const keysOf: { readonly [Dimension in CountDimension]: (facets: TicketFacets) => unknown[] } = {
  service: ({ service }) => [service],
  handler: ({ handler }) => [handler],
  owner: ({ owners }) => (owners.length === 0 ? [null] : [...owners]),
  severity: ({ severity }) => [severity],
  tenant: ({ tenant }) => [tenant],
};
const dimensions = [undefined, ...(Object.keys(keysOf) as CountDimension[])];

/** Counts one by one, as text so that groups can be compared in any order. */
function byHand(facets: readonly TicketFacets[], dimension?: CountDimension): string[] {
  const keys = dimension === undefined ? () => [null] : keysOf[dimension];
  const groups = facets.flatMap((one) => keys(one).map((key) => JSON.stringify([one.state, key])));
  return [...new Set(groups)]
    .map((group) => `${group}: ${groups.filter((other) => other === group).length}`)
    .sort();
}
const asText = (counts: readonly StateCount[]): string[] =>
  counts.map(({ state, key, count }) => `${JSON.stringify([state, key])}: ${count}`).sort();

describe('the counts at a time', () => {
  it('are those of the tickets as they were then', async () => {
    await fc.assert(
      fc.asyncProperty(
        storyTurns,
        storyMinutes,
        fc.array(fc.tuple(fc.nat(100), fc.constantFrom(-1, 0, 1, 500, 70_000)), { minLength: 3 }),
        async (turns, minutes, moments) => {
          const story = await tellStory(turns, minutes);
          const events = await story.events();
          const store = new SqliteViewStore(':memory:');
          await projectAll(ticketPeriods, story.log, store);
          for (const [which, offset] of moments) {
            const time = Date.parse(events[which % events.length]?.at ?? '') + offset;
            const facets = ticketsAsOf(events, time).flatMap(
              ({ view }) => facetsOf(view.ticket) ?? [],
            );
            for (const dimension of dimensions) {
              const counts = await countsAt(store.reader(ticketPeriods), time, dimension);
              expect(asText(counts)).toEqual(byHand(facets, dimension));
            }
          }
          await store.close();
        },
      ),
      { numRuns: 60 },
    );
  });
});
