import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { TicketFacets, TicketStateName } from '#ticketing/ticket/state.js';
import { followsStream, type Projection } from './projection.js';
import { facetsAround, groupsChanged } from './ticket-facets.js';

/** An engineer with the services that they own and their tickets, counted by state. */
export interface EngineerView {
  readonly engineerId: string;
  /** Null for a handler who was never registered, such as a lead. */
  readonly displayName: string | null;
  readonly email: string | null;
  readonly active: boolean;
  readonly services: readonly string[];
  /** The tickets of which they are the handler, and those without a handler of which they are an owner. */
  readonly counts: { readonly [State in TicketStateName]?: number };
  /** The position of the last event counted, so that a repeat is not counted twice. */
  readonly position: string;
}

export const engineers: Projection<EngineerView> = {
  name: 'engineers',
  version: 1,
  perStream: false,
  categories: ['engineer', 'service', 'ticket'],
  touches: (event) =>
    isOfTicket(event) ? groupsChanged(facetsAround(event), countedFor) : touchedByRegistry(event),
  project: (view, event, id) => {
    const before = view ?? unknownEngineer(id);
    if (BigInt(before.position) >= event.position) return view;
    const change = isOfTicket(event) ? countTicket(before, event, id) : register(before, event, id);
    return { ...before, ...change, position: event.position.toString() };
  },
  fields: {
    engineerId: ({ engineerId }) => engineerId,
    registered: ({ displayName }) => (displayName === null ? 0 : 1),
  },
  lists: {},
  indexes: [['registered', 'engineerId']],
};

const isOfTicket = ({ stream }: DecodedEvent): boolean =>
  followsStream({ categories: ['ticket'] }, stream);

const unknownEngineer = (engineerId: string): EngineerView => ({
  engineerId,
  displayName: null,
  email: null,
  active: false,
  services: [],
  counts: {},
  position: '-1',
});

function countTicket({ counts }: EngineerView, event: DecodedEvent, id: string) {
  const { before, after } = facetsAround(event);
  return { counts: count(count(counts, before, id, -1), after, id, 1) };
}

/** The engineers that a ticket counts for: its handler or, without one, its owners. */
const countedFor = ({ handler, owners }: TicketFacets): readonly string[] =>
  handler === null ? owners : [handler];

function count(
  counts: EngineerView['counts'],
  facets: TicketFacets | null,
  id: string,
  by: 1 | -1,
): EngineerView['counts'] {
  if (facets === null || !countedFor(facets).includes(id)) return counts;
  return { ...counts, [facets.state]: (counts[facets.state] ?? 0) + by };
}

/** Events of services and engineers carry no facets, so their data are read. */
function touchedByRegistry({ data }: DecodedEvent): readonly string[] {
  if ('previousOwners' in data) return [...new Set([...data.owners, ...data.previousOwners])];
  return 'engineerId' in data ? [data.engineerId] : [];
}

function register(
  { services }: EngineerView,
  event: DecodedEvent,
  id: string,
): Partial<EngineerView> {
  switch (event.type) {
    case 'EngineerRegistered':
    case 'EngineerChanged': {
      const { displayName, email, active } = event.data;
      return { displayName, email, active };
    }
    case 'EngineerDeactivated':
      return { active: false };
    case 'ServiceOwnersConfigured': {
      const { serviceId, owners } = event.data;
      const others = services.filter((service) => service !== serviceId);
      return { services: owners.includes(id) ? [...others, serviceId].sort() : others };
    }
    default:
      return {};
  }
}
