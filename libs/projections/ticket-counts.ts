import type { TicketFacets, TicketStateName } from '#ticketing/ticket/state.js';
import { groupId, groupOf } from './groups.js';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { Projection } from './projection.js';

/** By what tickets are counted; `all` is every ticket, under the key null. */
export const countDimensions = ['service', 'handler', 'owner', 'severity', 'tenant'] as const;
export type CountDimension = (typeof countDimensions)[number];

/** How many tickets of one group are in which state. */
export interface TicketCounts {
  readonly dimension: CountDimension | 'all';
  /** Null for the tickets that have none: no handler yet, say. */
  readonly key: string | null;
  readonly counts: { readonly [State in TicketStateName]?: number };
  /** The position of the last event seen, so that a repeat is not counted twice. */
  readonly position: string;
}

/** Tickets counted by state: overall, and in groups. A ticket counts under each of its owners. */
export const ticketCounts: Projection<TicketCounts> = {
  name: 'ticket-counts',
  version: 1,
  perStream: false,
  handles: [
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
    'TicketSeveritySet',
  ],
  touches: ({ metadata: { before, after } }) => {
    const [had, has] = [groupsOf(before), groupsOf(after)];
    if (before?.state !== after?.state) return [...new Set([...had, ...has])];
    // A group that a ticket stays in, in the same state, has the same count.
    return [...had.filter((id) => !has.includes(id)), ...has.filter((id) => !had.includes(id))];
  },
  project: (view, event, id) => {
    const before = view ?? emptyGroup(id);
    if (BigInt(before.position) >= event.position) return view;
    return { ...before, counts: moved(before, event), position: String(event.position) };
  },
  fields: {
    group: ({ dimension, key }) => groupId(dimension, key),
    dimension: ({ dimension }) => dimension,
    key: ({ key }) => key,
  },
  lists: {},
  indexes: [['group'], ['dimension', 'group']],
};

/** The groups that a ticket counts in. */
function groupsOf(facets: TicketFacets | undefined): readonly string[] {
  if (facets === undefined) return [];
  const { service, handler, owners, severity, tenant } = facets;
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
  { metadata: { before, after } }: DecodedEvent,
): TicketCounts['counts'] {
  const next: { [State in TicketStateName]?: number } = { ...counts };
  if (before !== undefined && isIn(before, dimension, key)) {
    next[before.state] = (next[before.state] ?? 0) - 1;
  }
  if (after !== undefined && isIn(after, dimension, key)) {
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
