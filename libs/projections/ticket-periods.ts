import type { TicketFacets } from '#ticketing/ticket/state.js';
import { LASTING, lengthClassOf } from './past/length-classes.js';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import { GapInStream, type Projection } from './projection.js';
import { requesterKey, tickets } from './tickets.js';

/**
 * A ticket from one of its events to the next. There are no texts in it: what is shown of a ticket
 * as it was is folded from the log.
 */
export interface TicketPeriod extends TicketFacets {
  readonly ticketId: string;
  /** The revision of the event that it began with. */
  readonly revision: number;
  readonly requester: string;
  readonly createdAt: string;
  /**
   * When it began, in milliseconds since 1970: the time of its event, but not before the period
   * before it began. Where clocks step back, periods of one ticket still do not overlap.
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
 */
export const ticketPeriods: Projection<TicketPeriod> = {
  name: 'ticket-periods',
  version: 1,
  perStream: true,
  handles: tickets.handles,
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
    requesterKey: ({ requester, tenant }) => requesterKey({ id: requester, tenant }),
    ownedBy: ({ owners }) => JSON.stringify(owners),
    createdAt: ({ createdAt }) => createdAt,
    from: ({ from }) => from,
    until: ({ until }) => until,
    lasts: ({ from, until }) => lengthClassOf(from, until),
  },
  lists: { owners: ({ owners }) => owners },
  indexes: [
    // Without filters, with filters that many tickets pass, and for counting: all is in it.
    ['lasts', 'from', 'until', 'state', 'service', 'handler', 'severity', 'tenant', 'ownedBy'],
    ['lasts', 'state', 'from', 'until'],
    ['lasts', 'handler', 'from', 'until'],
    ['lasts', 'requester', 'from', 'until'],
    // By creation the periods of one ticket stand together, and one of them contains the time.
    ['createdAt', 'from', 'until'],
  ],
};

function begin(event: DecodedEvent, before: TicketPeriod | null): TicketPeriod {
  const { revision, at } = event;
  const from = Date.parse(at);
  const common = { ticketId: ticketIdOf(event), revision, until: LASTING, ...facetsAfter(event) };
  if (event.type === 'TicketCreated') {
    return { ...common, requester: event.data.requester.id, createdAt: at, from };
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

function facetsAfter({ metadata, type }: DecodedEvent): TicketFacets {
  if (metadata.after === undefined) throw new Error(`${type} does not tell the ticket's facets.`);
  return metadata.after;
}
