import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import { groupId, groupOf } from './ticket-groups.js';
import type { Projection } from './projection.js';
import { facetsAround } from './ticket-facets.js';
import { evaluationOf } from './ticket-texts.js';

export const ratings = [1, 2, 3, 4, 5] as const;

/** The ratings that the tickets of one group received. */
export interface Satisfaction {
  readonly dimension: 'all' | 'service' | 'handler';
  readonly key: string | null;
  /** How often each rating was given: of 1 first, of 5 last. */
  readonly distribution: readonly number[];
  /** The position of the last event counted, so that a repeat is not counted twice. */
  readonly position: string;
}

/** How customers rate the handling of their tickets: each ticket is rated at most once. */
export const satisfaction: Projection<Satisfaction> = {
  name: 'satisfaction',
  version: 2,
  perStream: false,
  categories: ['ticket'],
  touches: (event) => {
    if (ratingOf(event) === null) return [];
    const { service, handler } = facetsAround(event).after;
    return [groupId('all', null), groupId('service', service), groupId('handler', handler)];
  },
  project: (view, event, id) => {
    const before = view ?? unrated(id);
    const rating = ratingOf(event);
    if (rating === null || BigInt(before.position) >= event.position) return view;
    const distribution = before.distribution.map((n, index) => (index + 1 === rating ? n + 1 : n));
    return { ...before, distribution, position: event.position.toString() };
  },
  fields: {
    group: ({ dimension, key }) => groupId(dimension, key),
    dimension: ({ dimension }) => dimension,
  },
  lists: {},
  indexes: [['dimension', 'group']],
};

const ratingOf = (event: DecodedEvent): number | null => evaluationOf(event)?.rating ?? null;

function unrated(id: string): Satisfaction {
  return {
    ...groupOf<Satisfaction['dimension']>(id),
    distribution: ratings.map(() => 0),
    position: '-1',
  };
}
