import type { TicketFacets, TicketStateName } from '#ticketing/ticket/state.js';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { Projection } from './projection.js';

/** An engineer with the services that they own and their tickets, counted by state. */
export interface EngineerView {
  readonly engineerId: string;
  /** Null for somebody who handles tickets but was never registered: a lead, say. */
  readonly displayName: string | null;
  readonly email: string | null;
  readonly active: boolean;
  readonly services: readonly string[];
  /** Tickets that they handle or handled, and those dispatched to them that nobody has taken. */
  readonly counts: { readonly [State in TicketStateName]?: number };
  /** The position of the last event seen, so that a repeat is not counted twice. */
  readonly position: string;
}

export const engineers: Projection<EngineerView> = {
  name: 'engineers',
  version: 1,
  perStream: false,
  handles: [
    'EngineerRegistered',
    'EngineerChanged',
    'EngineerDeactivated',
    'ServiceOwnersConfigured',
    'TicketCreated',
    'TicketDispatched',
    'TicketAssigned',
    'TicketForwarded',
    'FeedbackRequested',
    'FeedbackProvided',
    'ProcessingResumed',
    'ResolutionSubmitted',
    'ResolutionWithdrawn',
    'ResolutionRejected',
    'TicketCanceled',
    'TicketClosed',
  ],
  touches,
  project: (view, event, id) => {
    const before = view ?? unknown(id);
    if (BigInt(before.position) >= event.position) return view;
    return { ...before, ...change(before, event, id), position: event.position.toString() };
  },
  fields: {
    engineerId: ({ engineerId }) => engineerId,
    registered: ({ displayName }) => (displayName === null ? 0 : 1),
  },
  lists: {},
  indexes: [['registered', 'engineerId']],
};

function touches(event: DecodedEvent): readonly string[] {
  switch (event.type) {
    case 'EngineerRegistered':
    case 'EngineerChanged':
    case 'EngineerDeactivated':
      return [event.data.engineerId];
    case 'ServiceOwnersConfigured':
      return [...new Set([...event.data.owners, ...event.data.previousOwners])];
    default: {
      const { before, after } = event.metadata;
      return [...new Set([...countedFor(before), ...countedFor(after)])];
    }
  }
}

const unknown = (engineerId: string): EngineerView => ({
  engineerId,
  displayName: null,
  email: null,
  active: false,
  services: [],
  counts: {},
  position: '-1',
});

function change(
  { services, counts }: EngineerView,
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
    default: {
      const { before, after } = event.metadata;
      return { counts: count(count(counts, before, id, -1), after, id, 1) };
    }
  }
}

/** For whom a ticket counts: who handles it, or, where nobody does, those it was dispatched to. */
const countedFor = (facets: TicketFacets | undefined): readonly string[] =>
  facets === undefined ? [] : facets.handler === null ? facets.owners : [facets.handler];

function count(
  counts: EngineerView['counts'],
  facets: TicketFacets | undefined,
  id: string,
  by: 1 | -1,
): EngineerView['counts'] {
  if (facets === undefined || !countedFor(facets).includes(id)) return counts;
  return { ...counts, [facets.state]: (counts[facets.state] ?? 0) + by };
}
