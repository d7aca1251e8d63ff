import { invalidField } from '#platform/problems/problem.js';
import type { Until } from '#projections/past/events-until.js';
import type { ShowTicketRequest } from '../tickets/show-ticket-query.js';

/** The last second of the years that are written with four digits. */
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59);

/** A time that a query asks for, in milliseconds since 1970; what lies beyond all years is cut. */
export const momentOf = (asOf: string): number => Math.min(Date.parse(asOf), LAST);

/**
 * Up to where a ticket's story is asked for; null where it is the ticket as it is.
 *
 * @throws Problem `invalid_request` for both a time and a revision.
 */
export function untilOf({ asOf, revision }: ShowTicketRequest): Until | null {
  if (asOf !== undefined && revision !== undefined) {
    throw invalidField('/revision', 'Ask for a revision or for a time (asOf), not for both.');
  }
  if (revision !== undefined) return { revision };
  return asOf === undefined ? null : { time: momentOf(asOf) };
}
