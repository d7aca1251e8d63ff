import { invalidField } from '#platform/problems/problem.js';
import type { Until } from '#projections/past/events-until.js';
import type { ShowTicketRequest } from '../tickets/show-ticket-query.js';

/** ISO 8601 writes later years with more than four digits. */
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59);

/** The time of a request in milliseconds since 1970, at most the end of the year 9999. */
export const momentOf = (asOf: string): number => Math.min(Date.parse(asOf), LAST);

/**
 * The end of the history that a request asks for; null if it asks for the ticket as it is now.
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
