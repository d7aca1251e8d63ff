import { expect, it } from '@jest/globals';
import { present } from '#event-store/testing/present.js';
import { projections } from './all.js';
import { logOfEveryType, pendingFacets, ticketEventTypes } from './testing/any-event.js';
import { project } from './testing/story.js';

const unchanged = logOfEveryType(pendingFacets).filter(
  ({ stream, revision }) => stream.startsWith('ticket-') && revision === 1,
);
const named = (...names: readonly string[]) =>
  names.map((name) => present(projections.find((projection) => projection.name === name)));

it.each(named('ticket-counts', 'engineers', 'flow', 'durations'))(
  '$name: an event of any type touches no document if it leaves the facets as they were',
  (projection) => {
    expect(unchanged).toHaveLength(ticketEventTypes.length);
    expect(unchanged.flatMap((event) => projection.touches(event))).toEqual([]);
  },
);

it.each(named('tickets', 'ticket-periods', 'ticket-counts', 'engineers', 'flow', 'durations'))(
  '$name: an event of a ticket without facets cannot be projected',
  (projection) => {
    for (const event of logOfEveryType(pendingFacets)) {
      if (!event.stream.startsWith('ticket-')) continue;
      const { after: _, ...metadata } = event.metadata;
      const alone = { ...event, metadata, revision: 0 };
      expect(() => project(projection, [alone])).toThrow(/carries no facets/);
    }
  },
);
