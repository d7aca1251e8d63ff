import { Problem } from '#platform/problems/problem.js';
import { NO_SUCH_TICKET } from '#ticketing/ticket/visibility.js';

/** The answer for a ticket that does not exist, and for one that the actor may not open. */
export const noSuchTicket = (): Problem => new Problem('not_found', NO_SUCH_TICKET);
