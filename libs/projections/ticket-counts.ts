import type { TicketFacets, TicketStateName } from '#ticketing/ticket/state.js';
import { groupId, groupOf } from './ticket-groups.js';
import type { Projection } from './projection.js';
import { facetsAround, groupsChanged, type FacetChange } from './ticket-facets.js';

/** The dimensions that tickets are counted by; `all` is every ticket, under the key null. */
export const countDimensions = ['service', 'handler', 'owner', 'severity', 'tenant'] as const;
export type CountDimension = (typeof countDimensions)[number];

/** The number of tickets of one group, by state. */
export interface TicketCounts {
  readonly dimension: CountDimension | 'all';
  /** Null for tickets without a value, such as those without a handler. */
  readonly key: string | null;
  readonly counts: { readonly [State in TicketStateName]?: number };
  /** The position of the last event counted, so that a repeat is not counted twice. */
  readonly position: string;
}

/** Tickets counted by state: overall, and in groups. A ticket counts under each of its owners. */
export const ticketCounts: Projection<TicketCounts> = {
  name: 'ticket-counts',
  version: 2,
  perStream: false,
  categories: ['ticket'],
  touches: (event) => groupsChanged(facetsAround(event), groupsOf),
  project: (view, event, id) => {
    const before = view ?? emptyGroup(id);
    if (BigInt(before.position) >= event.position) return view;
    return {
      ...before,
      counts: moved(before, facetsAround(event)),
      position: String(event.position),
    };
  },
  fields: {
    group: ({ dimension, key }) => groupId(dimension, key),
    dimension: ({ dimension }) => dimension,
  },
  lists: {},
  indexes: [['dimension', 'group']],
};

/** The groups that a ticket counts in. */
function groupsOf({ service, handler, owners, severity, tenant }: TicketFacets): readonly string[] {
  return [
    groupId('all', null),
    groupId('service', service),
    groupId('handler', handler),
    groupId('severity', severity),
    groupId('tenant', tenant),
    ...(owners.length === 0 ? [null] : owners).map((owner) => groupId('owner', owner)),
  ];
}

function emptyGroup(id: string): TicketCounts {
  return {
    ...groupOf<TicketCounts['dimension']>(id),
    counts: {},
    position: '-1',
  };
}

function moved(
  { dimension, key, counts }: TicketCounts,
  { before, after }: FacetChange,
): TicketCounts['counts'] {
  const next: { [State in TicketStateName]?: number } = { ...counts };
  if (before !== null && isIn(before, dimension, key)) {
    next[before.state] = (next[before.state] ?? 0) - 1;
  }
  if (isIn(after, dimension, key)) {
    next[after.state] = (next[after.state] ?? 0) + 1;
  }
  return next;
}

function isIn(
  facets: TicketFacets,
  dimension: TicketCounts['dimension'],
  key: string | null,
): boolean {
  switch (dimension) {
    case 'all':
      return true;
    case 'owner':
      return key === null ? facets.owners.length === 0 : facets.owners.includes(key);
    default:
      return facets[dimension] === key;
  }
}
