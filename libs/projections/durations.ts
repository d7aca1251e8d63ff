import { groupId } from './ticket-groups.js';
import type { TicketFacets } from '#ticketing/ticket/state.js';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { Projection } from './projection.js';
import { add, emptySketch, remove, type Sketch } from './quantile-sketch.js';
import {
  advance,
  measureNames,
  measuresChanged,
  type MeasureName,
  type TicketClock,
} from './ticket-clock.js';
import { facetsAround } from './ticket-facets.js';

/** How long one ticket took so far: the groups are computed from this. */
export interface TicketDurations extends TicketClock {
  readonly kind: 'ticket';
  readonly position: string;
}

/** How long the tickets of one group took, by one measure, in milliseconds. */
export interface GroupDurations {
  readonly kind: 'group';
  readonly dimension: Dimension;
  readonly key: string | null;
  readonly measure: MeasureName;
  readonly sketch: Sketch;
  readonly position: string;
}

/** The dimensions by which durations are grouped; `all` is every ticket. */
const dimensions = ['service', 'severity'] as const;
type Dimension = 'all' | (typeof dimensions)[number];

export type Durations = TicketDurations | GroupDurations;

/**
 * How long tickets take, without the time in which the desk waits for the customer.
 *
 * Each ticket has a document with its measures, and each group one with a sketch for each measure.
 * An event removes the ticket's old measure from its old group and adds the new one to the new
 * group, so that a withdrawn resolution or another severity leaves nothing behind.
 */
export const durations: Projection<Durations> = {
  name: 'durations',
  version: 3,
  perStream: false,
  categories: ['ticket'],
  touches,
  project: (view, event, id, touched) => {
    const ticket = ticketOf(touched(event.stream));
    // A ticket and its groups are written together: they have seen the same events.
    if (hasSeen(ticket, event) || hasSeen(view, event)) return view;
    const after = advance(ticket, event);
    const position = event.position.toString();
    if (id === event.stream) return { kind: 'ticket', ...after, position };
    const group = view?.kind === 'group' ? view : emptyGroup(id);
    const sketch = moveMeasure(group, ticket, after);
    return sketch === group.sketch ? view : { ...group, sketch, position };
  },
  fields: {
    group: (view) => (view.kind === 'group' ? groupId(view.dimension, view.key) : null),
    dimension: (view) => (view.kind === 'group' ? view.dimension : null),
  },
  lists: {},
  indexes: [['dimension', 'group']],
};

/** The documents that an event may change: those of groups, then the ticket's own. */
function touches(event: DecodedEvent): readonly string[] {
  const change = facetsAround(event);
  const { before, after } = change;
  const moves = dimensions.filter((name) => before !== null && before[name] !== after[name]);
  const measures = measuresChanged(change);
  const isTimed = before?.state !== after.state || measures.length > 0 || moves.length > 0;
  if (!isTimed) return [];
  const groups = ['all', ...dimensions] as const;
  const ids = [
    ...groups.flatMap((name) => measures.map((measure) => documentId(measure, name, after))),
    // If a dimension changes, all measures of the ticket move from one group to another.
    ...moves.flatMap((name) =>
      [before, after].flatMap((facets) =>
        measureNames.map((measure) => documentId(measure, name, facets)),
      ),
    ),
  ];
  return [...new Set(ids), event.stream];
}

const documentId = (measure: MeasureName, name: Dimension, facets: TicketFacets | null): string =>
  `${measure} ${groupId(name, name === 'all' ? null : (facets?.[name] ?? null))}`;

const ticketOf = (view: Durations | null): TicketDurations | null =>
  view?.kind === 'ticket' ? view : null;

const hasSeen = (view: Durations | null, { position }: DecodedEvent): boolean =>
  view !== null && BigInt(view.position) >= position;

function emptyGroup(id: string): GroupDurations {
  const [measure = '', dimension = ''] = id.split(' ', 2);
  return {
    kind: 'group',
    dimension: dimension as GroupDurations['dimension'],
    key: JSON.parse(id.slice(measure.length + dimension.length + 2)) as string | null,
    measure: measure as MeasureName,
    sketch: emptySketch,
    position: '-1',
  };
}

/** Removes a ticket's old measure from a group that it was in, and adds the new one if it is in it. */
function moveMeasure(
  group: GroupDurations,
  before: TicketClock | null,
  after: TicketClock,
): Sketch {
  const { measure, sketch } = group;
  const old = before !== null && isIn(before, group) ? before.measures[measure] : null;
  const now = isIn(after, group) ? after.measures[measure] : null;
  if (old === now) return sketch;
  const without = old === null ? sketch : remove(sketch, old);
  return now === null ? without : add(without, now);
}

const isIn = (clock: TicketClock, { dimension, key }: GroupDurations): boolean =>
  dimension === 'all' || clock[dimension] === key;
