import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import { sameList } from '#ticketing/same-list.js';
import type { TicketFacets } from '#ticketing/ticket/state.js';

/** The facets of a ticket before and after one of its events. */
export interface FacetChange {
  /** Null for the first event of the ticket. */
  readonly before: TicketFacets | null;
  readonly after: TicketFacets;
}

/**
 * The facets that an event carries.
 *
 * @throws Error if it carries none, as every ticket event must: its stream is parked.
 */
export function facetsAround({ type, stream, revision, metadata }: DecodedEvent): FacetChange {
  const { before = null, after } = metadata;
  if (after === undefined || (before === null && revision > 0)) {
    throw new Error(`${type} at revision ${revision} of ${stream} carries no facets.`);
  }
  return { before, after };
}

/** Whether an event brings a ticket into a state in which it was not before. */
export const enters = (state: TicketFacets['state'], { before, after }: FacetChange): boolean =>
  after.state === state && before?.state !== state;

/**
 * The groups in which an event changes the number of tickets by state: those that the ticket leaves
 * or joins, and all of them if its state changes.
 *
 * @param groupsOf - the groups in which a ticket with these facets counts
 */
export function groupsChanged(
  { before, after }: FacetChange,
  groupsOf: (facets: TicketFacets) => readonly string[],
): readonly string[] {
  if (before !== null && sameFacets(before, after)) return [];
  const had = before === null ? [] : groupsOf(before);
  const has = groupsOf(after);
  if (before?.state !== after.state) return [...new Set([...had, ...has])];
  return [...had.filter((id) => !has.includes(id)), ...has.filter((id) => !had.includes(id))];
}

/** Whether two tickets are the same in all facets. */
export const sameFacets = (one: TicketFacets, other: TicketFacets): boolean =>
  one.state === other.state &&
  one.handler === other.handler &&
  one.service === other.service &&
  one.severity === other.severity &&
  one.tenant === other.tenant &&
  sameList(one.owners, other.owners);
