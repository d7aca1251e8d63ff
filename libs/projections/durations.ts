import { groupId } from './groups.js';
import type { TicketFacets } from '#ticketing/ticket/state.js';
import type { DomainEvent, DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { Projection } from './projection.js';
import { add, emptySketch, takeOut, type Sketch } from './sketch.js';
import {
  advance,
  measureNames,
  waitsForCustomer,
  type MeasureName,
  type TicketClock,
} from './ticket-clock.js';

/** How long one ticket took so far: what the reports are computed from. */
export interface TicketDurations extends TicketClock {
  readonly kind: 'ticket';
  readonly position: string;
}

/** How long the tickets of one group took, by one measure, in milliseconds. */
export interface GroupDurations {
  readonly kind: 'group';
  readonly dimension: 'all' | 'service' | 'severity';
  readonly key: string | null;
  readonly measure: MeasureName;
  readonly sketch: Sketch;
  readonly position: string;
}

export type Durations = TicketDurations | GroupDurations;

/** The measures that each event may change; the end of a wait, which many bring, is told apart. */
const measuredBy: { readonly [Type in DomainEvent['type']]?: readonly MeasureName[] } = {
  TicketCreated: [],
  TicketAssigned: ['firstHandling'],
  FeedbackRequested: ['firstResponse'],
  FeedbackProvided: [],
  ProcessingResumed: [],
  ResolutionSubmitted: ['firstResponse', 'resolution'],
  ResolutionWithdrawn: ['resolution'],
  ResolutionRejected: ['resolution'],
  TicketCanceled: [],
  TicketClosed: ['close'],
  TicketSeveritySet: [],
};

/**
 * How long tickets take, less the time in which the desk waits for the customer.
 *
 * Each ticket has a document with its measures, and each group one with a sketch for each measure.
 * An event takes the ticket's old measure out of its old group and puts the new one into the new
 * group, so that a resolution that did not stand, or another severity, leaves nothing behind.
 */
export const durations: Projection<Durations> = {
  name: 'durations',
  version: 2,
  perStream: false,
  handles: Object.keys(measuredBy) as (keyof typeof measuredBy)[],
  touches: (event) => [...groupsOf(event), event.stream],
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

/** The ids of the documents of groups that an event may change. */
function groupsOf({ type, metadata: { before, after } }: DecodedEvent): readonly string[] {
  if (after === undefined) return [];
  const waitEnds = waitsForCustomer(before?.state) && !waitsForCustomer(after.state);
  const measures: readonly MeasureName[] = [
    ...(measuredBy[type] ?? []),
    ...(waitEnds ? (['waitingForCustomer'] as const) : []),
  ];
  const groups = [
    groupId('all', null),
    groupId('service', after.service),
    groupId('severity', after.severity),
  ];
  return [
    ...measures.flatMap((measure) => groups.map((group) => documentId(group, measure))),
    ...severityMoves(before, after),
  ];
}

/** With another severity, all measures of a ticket go from one group to another. */
function severityMoves(before: TicketFacets | undefined, after: TicketFacets): readonly string[] {
  if (before === undefined || before.severity === after.severity) return [];
  return [before.severity, after.severity].flatMap((severity) =>
    measureNames.map((measure) => documentId(groupId('severity', severity), measure)),
  );
}

const documentId = (group: string, measure: MeasureName): string => `${measure} ${group}`;

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

/** Takes a ticket's measure out of a group that it was in, and puts it into one that it is in. */
function moveMeasure(
  group: GroupDurations,
  before: TicketClock | null,
  after: TicketClock,
): Sketch {
  const { measure, sketch } = group;
  const old = before !== null && isIn(before, group) ? before.measures[measure] : null;
  const now = isIn(after, group) ? after.measures[measure] : null;
  if (old === now) return sketch;
  const without = old === null ? sketch : takeOut(sketch, old);
  return now === null ? without : add(without, now);
}

const isIn = (clock: TicketClock, { dimension, key }: GroupDurations): boolean =>
  dimension === 'all' || clock[dimension] === key;
