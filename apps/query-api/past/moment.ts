import { invalidField } from '#platform/problems/problem.js';
import type { Until } from '#projections/past/events-until.js';
import type { ShowTicketRequest } from '../tickets/show-ticket-query.js';

/** ISO 8601 writes these years with four digits; so the texts of stores sort like their times. */
const FIRST = Date.parse('0000-01-01T00:00:00Z');
/** The millisecond after it is in the same year. */
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 998);

/** Whether a time has a finer fraction than milliseconds, which Date cuts off. */
const isCut = (time: string): boolean => /\.\d{3}\d*[1-9]/.test(time);

/**
 * A moment of a request in milliseconds since 1970, within the years 0 to 9999. What happened until
 * then happened in this millisecond or before.
 */
export const momentOf = (time: string): number =>
  Math.min(Math.max(Date.parse(time.toUpperCase()), FIRST), LAST);

/** The end of a range: what happened at or after it happened in this millisecond or later. */
export const boundOf = (time: string): number => momentOf(time) + (isCut(time) ? 1 : 0);

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
