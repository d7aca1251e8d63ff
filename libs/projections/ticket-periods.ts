import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { TicketFacets } from '#ticketing/ticket/state.js';
import { LASTING, lengthClassOf } from './past/length-classes.js';
import { GapInStream, type Projection } from './projection.js';
import { creationOf } from './ticket-after.js';
import { facetsAround } from './ticket-facets.js';

/**
 * A ticket from one of its events to the next. It holds no texts: what is shown of a ticket as it
 * was is folded from the log.
 */
export interface TicketPeriod extends TicketFacets {
  readonly ticketId: string;
  /** The revision of the event with which it began. */
  readonly revision: number;
  readonly requester: string;
  readonly createdAt: string;
  /**
   * When it began, in milliseconds since 1970: the time of its event, but not before the previous
   * period began. So the periods of a ticket do not overlap even if the clock steps back.
   */
  readonly from: number;
  /** When the next one began, or LASTING. A period that ends as it begins contains no time. */
  readonly until: number;
}

const ticketIdOf = ({ stream }: DecodedEvent): string => stream.slice('ticket-'.length);
const idOf = (event: DecodedEvent, revision: number): string => `${ticketIdOf(event)}@${revision}`;

/**
 * The periods of all tickets, to find the tickets as they were at a time: see
 * `past/length-classes.ts` for how, and ADR 9 for what it costs.
 *
 * A period begins with every event, also with one that changes no facet: lists of the past are
 * sorted by the last change of each ticket, which is when its period began.
 */
export const ticketPeriods: Projection<TicketPeriod> = {
  name: 'ticket-periods',
  version: 2,
  perStream: true,
  categories: ['ticket'],
  touches: (event) => {
    const begins = idOf(event, event.revision);
    return event.revision === 0 ? [begins] : [idOf(event, event.revision - 1), begins];
  },
  project: (view, event, id, touched) =>
    id === idOf(event, event.revision)
      ? (view ?? begin(event, touched(idOf(event, event.revision - 1))))
      : end(view, event),
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

function begin(event: DecodedEvent, before: TicketPeriod | null): TicketPeriod {
  const { revision, at } = event;
  const from = Date.parse(at);
  const common = {
    ticketId: ticketIdOf(event),
    revision,
    until: LASTING,
    ...facetsAround(event).after,
  };
  if (revision === 0) {
    return { ...common, requester: creationOf(event).requester.id, createdAt: at, from };
  }
  if (before === null) throw new GapInStream(event, revision - 2);
  const { requester, createdAt } = before;
  return { ...common, requester, createdAt, from: Math.max(from, before.from) };
}

function end(view: TicketPeriod | null, event: DecodedEvent): TicketPeriod {
  if (view === null) throw new GapInStream(event, event.revision - 2);
  if (view.until !== LASTING) return view;
  return { ...view, until: Math.max(Date.parse(event.at), view.from) };
}
