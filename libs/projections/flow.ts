import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { Projection } from './projection.js';
import { enters, facetsAround } from './ticket-facets.js';

/** How many tickets were created and ended in one hour, day or month, in UTC. */
export interface Flow {
  readonly span: FlowSpan;
  /** When it begins: `2026-11-24T10`, `2026-11-24` or `2026-11`. */
  readonly start: string;
  readonly created: number;
  readonly closed: number;
  readonly canceled: number;
  /** The position of the last event counted, so that a repeat is not counted twice. */
  readonly position: string;
}

/** The spans, and the number of characters of an ISO 8601 time that name one. */
export const flowSpans = { month: 7, day: 10, hour: 13 } as const;
export type FlowSpan = keyof typeof flowSpans;

const spanNames = Object.keys(flowSpans) as FlowSpan[];

/**
 * Tickets created, closed and canceled, by hour, day and month. The number of tickets that were open
 * at any time is a sum over the months before it, then days, then hours, instead of over all hours.
 */
export const flow: Projection<Flow> = {
  name: 'flow',
  version: 1,
  perStream: false,
  categories: ['ticket'],
  touches: (event) =>
    countedAs(event) === null ? [] : spanNames.map((span) => event.at.slice(0, flowSpans[span])),
  project: (view, event, id) => {
    const before = view ?? emptySpan(id);
    const counted = countedAs(event);
    if (counted === null || BigInt(before.position) >= event.position) return view;
    return { ...before, [counted]: before[counted] + 1, position: event.position.toString() };
  },
  fields: { span: ({ span }) => span, start: ({ start }) => start },
  lists: {},
  indexes: [['span', 'start'], ['start']],
};

const emptySpan = (start: string): Flow => ({
  span: spanNames.find((span) => flowSpans[span] === start.length) ?? 'hour',
  start,
  created: 0,
  closed: 0,
  canceled: 0,
  position: '-1',
});

/** What an event counts as; null if it neither creates nor ends its ticket. */
function countedAs(event: DecodedEvent): 'created' | 'closed' | 'canceled' | null {
  const change = facetsAround(event);
  if (change.before === null) return 'created';
  if (enters('closed', change)) return 'closed';
  return enters('canceled', change) ? 'canceled' : null;
}
