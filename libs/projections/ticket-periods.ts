import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { TicketFacets } from '#ticketing/ticket/state.js';
import { LASTING, lengthClassOf } from './past/length-classes.js';
import { GapInStream, type Projection } from './projection.js';
import { creationOf } from './ticket-after.js';
import { facetsAround, sameFacets } from './ticket-facets.js';

/**
 * A ticket while its facets stay the same, and for a second of its changes at most. It holds no
 * texts: what is shown of a ticket as it was is folded from the log.
 */
export interface TicketPeriod extends TicketFacets {
  readonly ticketId: string;
  /** The revision of its last event. */
  readonly revision: number;
  readonly requester: string;
  readonly createdAt: string;
  /**
   * When it began, in milliseconds since 1970: the time of its event, but not before the last change
   * of the previous period. So the periods of a ticket do not overlap even if the clock steps back.
   */
  readonly from: number;
  /** When the next one began, or LASTING. A period that ends as it begins contains no time. */
  readonly until: number;
  /** When the ticket changed in this period, in order, in milliseconds after it began; first 0. */
  readonly changes: readonly number[];
}

/** A period and the next one begin in different seconds, unless facets changed or it was full. */
const SECOND = 1_000;
/** Keeps the document small on a ticket that changes often. */
const MAX_CHANGES = 16;

/** The first millisecond of the second that contains a time. */
export const secondOf = (time: number): number => time - (((time % SECOND) + SECOND) % SECOND);
export const nextSecond = (time: number): number => secondOf(time) + SECOND;

/** The last change of a ticket in a period, up to a time. */
export const lastChange = ({ from, changes }: TicketPeriod, time = LASTING): number =>
  from + (changes.findLast((after) => from + after <= time) ?? 0);

const currentId = ({ stream }: DecodedEvent): string => stream.slice('ticket-'.length);
const endedId = (event: DecodedEvent): string => `${currentId(event)}#${event.revision}`;

/** The place after, or before, the ids of all periods of a ticket. `#` precedes all signs of ids. */
export const besidePeriods = (ticketId: string, isAfter: boolean): string =>
  isAfter ? `${ticketId}#~` : ticketId;

/**
 * The periods of all tickets, to find the tickets as they were at a time: see
 * `past/length-classes.ts` for how, and ADR 24 for what it costs.
 *
 * The current period of a ticket has the ticket's id; the one that an event ended has the id of the
 * ticket and the revision of that event. Most events that change no facet only add their time to the
 * current period, which writes no index. Lists of the past are sorted by the last change of each
 * ticket, which is in the second in which its period began.
 */
export const ticketPeriods: Projection<TicketPeriod> = {
  name: 'ticket-periods',
  version: 3,
  perStream: true,
  categories: ['ticket'],
  touches: (event) => [currentId(event)],
  makes: (event) => (event.revision === 0 ? [] : [endedId(event)]),
  project: (view, event, id, touched) =>
    id === currentId(event)
      ? currentAfter(view, event)
      : (view ?? endedBy(event, touched(currentId(event)))),
  fields: {
    state: ({ state }) => state,
    service: ({ service }) => service,
    handler: ({ handler }) => handler,
    severity: ({ severity }) => severity,
    tenant: ({ tenant }) => tenant,
    requester: ({ requester }) => requester,
    ownedBy: ({ owners }) => JSON.stringify(owners),
    createdAt: ({ createdAt }) => createdAt,
    from: ({ from }) => from,
    until: ({ until }) => until,
    lasts: ({ from, until }) => lengthClassOf(from, until),
  },
  lists: { owners: ({ owners }) => owners },
  indexes: [
    // Covers lists without filters or with unselective ones, and all counts.
    ['lasts', 'from', 'until', 'state', 'service', 'handler', 'severity', 'tenant', 'ownedBy'],
    ['lasts', 'state', 'from', 'until'],
    ['lasts', 'handler', 'from', 'until'],
    ['lasts', 'requester', 'from', 'until'],
    // The periods of one ticket are adjacent by creation, and one of them contains the time.
    ['createdAt', 'from', 'until'],
  ],
};

function currentAfter(before: TicketPeriod | null, event: DecodedEvent): TicketPeriod {
  const { revision } = event;
  const { after } = facetsAround(event);
  const seen = before?.revision ?? -1;
  if (before !== null && revision <= seen) return before;
  if (revision > seen + 1) throw new GapInStream(event, seen);
  const at = timeOf(event, before);
  if (before !== null && continues(before, event)) {
    // Stores need not compare owners that stay the same array.
    return { ...before, revision, changes: [...before.changes, at - before.from] };
  }
  const { requester, createdAt } = before ?? {
    requester: creationOf(event).requester.id,
    createdAt: event.at,
  };
  return {
    ticketId: currentId(event),
    ...after,
    revision,
    requester,
    createdAt,
    from: at,
    until: LASTING,
    changes: [0],
  };
}

/** The period that an event ends; null if it ends none. */
function endedBy(event: DecodedEvent, current: TicketPeriod | null): TicketPeriod | null {
  const ends =
    current !== null && current.revision + 1 === event.revision && !continues(current, event);
  return ends ? { ...current, until: timeOf(event, current) } : null;
}

function continues(period: TicketPeriod, event: DecodedEvent): boolean {
  return (
    sameFacets(period, facetsAround(event).after) &&
    secondOf(timeOf(event, period)) === secondOf(period.from) &&
    period.changes.length < MAX_CHANGES
  );
}

const timeOf = ({ at }: DecodedEvent, before: TicketPeriod | null): number =>
  Math.max(Date.parse(at), before === null ? -Infinity : lastChange(before));
