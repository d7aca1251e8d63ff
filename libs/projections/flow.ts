import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { Projection } from './projection.js';

/** What came and went in one hour, day or month, in UTC. */
export interface Flow {
  readonly span: FlowSpan;
  /** When it begins: `2026-11-24T10`, `2026-11-24` or `2026-11`. */
  readonly start: string;
  readonly created: number;
  readonly closed: number;
  readonly canceled: number;
  /** The position of the last event seen, so that a repeat is not counted twice. */
  readonly position: string;
}

/** Spans, and how much of an ISO 8601 time names one. */
export const flowSpans = { month: 7, day: 10, hour: 13 } as const;
export type FlowSpan = keyof typeof flowSpans;

const spanNames = Object.keys(flowSpans) as FlowSpan[];

const counted = {
  TicketCreated: 'created',
  TicketClosed: 'closed',
  TicketCanceled: 'canceled',
} as const;

/**
 * Tickets that came and went, by hour, day and month: what was open at any time is a sum over the
 * months before it, then days, then hours, and never over all of them.
 */
export const flow: Projection<Flow> = {
  name: 'flow',
  version: 1,
  perStream: false,
  handles: Object.keys(counted) as (keyof typeof counted)[],
  touches: ({ at }) => spanNames.map((span) => at.slice(0, flowSpans[span])),
  project: (view, event, id) => {
    const before = view ?? nothing(id);
    if (BigInt(before.position) >= event.position) return view;
    return { ...before, ...increment(before, event), position: event.position.toString() };
  },
  fields: { span: ({ span }) => span, start: ({ start }) => start },
  lists: {},
  indexes: [['span', 'start'], ['start']],
};

const nothing = (start: string): Flow => ({
  span: spanNames.find((span) => flowSpans[span] === start.length) ?? 'hour',
  start,
  created: 0,
  closed: 0,
  canceled: 0,
  position: '-1',
});

function increment(flowed: Flow, { type }: DecodedEvent): Partial<Flow> {
  const what = counted[type as keyof typeof counted];
  return { [what]: flowed[what] + 1 };
}
