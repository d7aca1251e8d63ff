import { groupId, groupOf } from './groups.js';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { Projection } from './projection.js';

export const ratings = [1, 2, 3, 4, 5] as const;

/** The ratings that tickets of one group were given. */
export interface Satisfaction {
  readonly dimension: 'all' | 'service' | 'handler';
  readonly key: string | null;
  /** How often each rating was given: of 1 first, of 5 last. */
  readonly distribution: readonly number[];
  /** The position of the last event seen, so that a repeat is not counted twice. */
  readonly position: string;
}

/** What customers think of how their tickets were handled: a ticket is rated once at most. */
export const satisfaction: Projection<Satisfaction> = {
  name: 'satisfaction',
  version: 1,
  perStream: false,
  handles: ['ResolutionConfirmed', 'EvaluationSubmitted'],
  touches: (event) => {
    const { after } = event.metadata;
    if (ratingOf(event) === null || after === undefined) return [];
    return [
      groupId('all', null),
      groupId('service', after.service),
      groupId('handler', after.handler),
    ];
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
  indexes: [['group'], ['dimension', 'group']],
};

function ratingOf(event: DecodedEvent): number | null {
  switch (event.type) {
    case 'ResolutionConfirmed':
    case 'EvaluationSubmitted':
      return event.data.rating;
    default:
      return null;
  }
}

function unrated(id: string): Satisfaction {
  return {
    ...groupOf<Satisfaction['dimension']>(id),
    distribution: ratings.map(() => 0),
    position: '-1',
  };
}
