import type { TicketFacets, TicketStateName } from '#ticketing/ticket/state.js';
import type { ProjectedEvent, Projection } from '../projection.js';
import { add, emptySketch, takeOut, type Sketch } from '../sketch.js';
import { groupId } from './ticket-counts.js';

export const measureNames = [
  'firstHandling',
  'firstResponse',
  'resolution',
  'close',
  'waitingForCustomer',
] as const;
export type MeasureName = (typeof measureNames)[number];

/** Milliseconds; null for what has not come to pass. */
export type Measures = { readonly [Name in MeasureName]: number | null };

/** How long one ticket took so far: what the reports are computed from. */
export interface TicketClock {
  readonly kind: 'ticket';
  readonly createdAt: string;
  /** Since when the customer is waited for; null while it is the desk's turn. */
  readonly waitingSince: string | null;
  /** Milliseconds that the customer was waited for, in waits that are over. */
  readonly waited: number;
  readonly measures: Measures;
  readonly service: string;
  readonly severity: string | null;
  readonly position: string;
}

/** How long the tickets of one group took. */
export interface GroupDurations {
  readonly kind: 'group';
  readonly dimension: 'all' | 'service' | 'severity';
  readonly key: string | null;
  readonly sketches: { readonly [Name in MeasureName]: Sketch };
  readonly position: string;
}

export type Durations = TicketClock | GroupDurations;

/**
 * How long tickets take, less the time in which the desk waits for the customer.
 *
 * Each ticket has a document with its measures, and each group one with sketches of them. An event
 * takes the ticket's old measures out of its old groups and puts the new ones into the new groups,
 * so that a resolution that did not stand, or another severity, leaves nothing behind.
 */
export const durations: Projection<Durations> = {
  name: 'durations',
  version: 1,
  perStream: false,
  handles: [
    'TicketCreated',
    'TicketAssigned',
    'FeedbackRequested',
    'FeedbackProvided',
    'ProcessingResumed',
    'ResolutionSubmitted',
    'ResolutionWithdrawn',
    'ResolutionRejected',
    'TicketCanceled',
    'TicketClosed',
    'TicketSeveritySet',
  ],
  touches: ({ stream, metadata: { before, after } }) => [
    ...new Set([...groupsOf(before), ...groupsOf(after)]),
    stream,
  ],
  isSource: (id) => id.startsWith('ticket-'),
  project: (view, event, id, touched) => {
    if (view !== null && BigInt(view.position) >= event.position) return view;
    const before = clockOf(touched(event.stream));
    const after = advance(before, event);
    if (id === event.stream) return after;
    return moveMeasures(groupOf(view, id), before, after, event);
  },
  fields: {
    group: (view) => (view.kind === 'group' ? groupId(view.dimension, view.key) : null),
    dimension: (view) => (view.kind === 'group' ? view.dimension : null),
  },
  lists: {},
  indexes: [['dimension', 'group']],
};

/** The groups that a ticket's measures are in. */
function groupsOf(
  facets: Pick<TicketFacets, 'service' | 'severity'> | undefined,
): readonly string[] {
  if (facets === undefined) return [];
  const { service, severity } = facets;
  return [groupId('all', null), groupId('service', service), groupId('severity', severity)];
}

const clockOf = (view: Durations | null): TicketClock | null =>
  view?.kind === 'ticket' ? view : null;

const waitsForCustomer = (state: TicketStateName | undefined): boolean =>
  state === 'pending_feedback' || state === 'pending_confirmation';

const nothingYet: Measures = {
  firstHandling: null,
  firstResponse: null,
  resolution: null,
  close: null,
  waitingForCustomer: null,
};

function advance(before: TicketClock | null, event: ProjectedEvent): TicketClock {
  const { at, position, metadata } = event;
  const clock = before ?? fresh(event);
  const isWaiting = waitsForCustomer(metadata.after?.state);
  const wait = clock.waitingSince === null ? 0 : millisecondsBetween(clock.waitingSince, at);
  const wasOver = clock.waitingSince !== null && !isWaiting;
  const waited = wasOver ? clock.waited + wait : clock.waited;
  // A wait that goes on counts up to now; one that begins now has not lasted yet.
  const desk = Math.max(0, millisecondsBetween(clock.createdAt, at) - clock.waited - wait);
  return {
    ...clock,
    waitingSince: isWaiting ? (clock.waitingSince ?? at) : null,
    waited,
    measures: {
      ...measured(clock.measures, event, desk),
      waitingForCustomer: wasOver ? waited : clock.measures.waitingForCustomer,
    },
    service: metadata.after?.service ?? clock.service,
    severity: metadata.after === undefined ? clock.severity : metadata.after.severity,
    position: position.toString(),
  };
}

const fresh = ({ at, metadata }: ProjectedEvent): TicketClock => ({
  kind: 'ticket',
  createdAt: at,
  waitingSince: null,
  waited: 0,
  measures: nothingYet,
  service: metadata.after?.service ?? '',
  severity: metadata.after?.severity ?? null,
  position: '-1',
});

/** What an event measures, where `desk` is the time that the desk has had the ticket so far. */
function measured(measures: Measures, { type }: ProjectedEvent, desk: number): Measures {
  const { firstHandling, firstResponse } = measures;
  switch (type) {
    case 'TicketAssigned':
      return { ...measures, firstHandling: firstHandling ?? desk };
    case 'FeedbackRequested':
      return { ...measures, firstResponse: firstResponse ?? desk };
    case 'ResolutionSubmitted':
      return { ...measures, firstResponse: firstResponse ?? desk, resolution: desk };
    case 'ResolutionWithdrawn':
    case 'ResolutionRejected':
      return { ...measures, resolution: null };
    case 'TicketClosed':
      return { ...measures, close: desk };
    default:
      return measures;
  }
}

function groupOf(view: Durations | null, id: string): GroupDurations {
  if (view?.kind === 'group') return view;
  const space = id.indexOf(' ');
  return {
    kind: 'group',
    dimension: id.slice(0, space) as GroupDurations['dimension'],
    key: JSON.parse(id.slice(space + 1)) as string | null,
    sketches: {
      firstHandling: emptySketch,
      firstResponse: emptySketch,
      resolution: emptySketch,
      close: emptySketch,
      waitingForCustomer: emptySketch,
    },
    position: '-1',
  };
}

/** Takes a ticket's measures out of a group that it was in, and puts them into one that it is in. */
function moveMeasures(
  group: GroupDurations,
  before: TicketClock | null,
  after: TicketClock,
  { position }: ProjectedEvent,
): GroupDurations {
  const was = before !== null && isIn(before, group);
  const is = isIn(after, group);
  const sketches: { [Name in MeasureName]: Sketch } = { ...group.sketches };
  for (const name of measureNames) {
    const old = was ? before.measures[name] : null;
    const now = is ? after.measures[name] : null;
    if (old === now) continue;
    if (old !== null) sketches[name] = takeOut(sketches[name], old);
    if (now !== null) sketches[name] = add(sketches[name], now);
  }
  return { ...group, sketches, position: position.toString() };
}

const isIn = (clock: TicketClock, { dimension, key }: GroupDurations): boolean =>
  dimension === 'all' || clock[dimension] === key;

/** Clocks step back now and then; a time between two moments is never less than none. */
const millisecondsBetween = (from: string, to: string): number =>
  Math.max(0, Date.parse(to) - Date.parse(from));
