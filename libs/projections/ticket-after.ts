import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import { never } from '#ticketing/decision.js';
import { sameList } from '#ticketing/same-list.js';
import type { TicketCreated } from '#ticketing/ticket/create.js';
import { emptyTicket, grownBy } from '#ticketing/ticket/limits.js';
import type { Ticket, TicketFacts } from '#ticketing/ticket/state.js';
import { facetsAround } from './ticket-facets.js';
import { evaluationOf } from './ticket-texts.js';

/**
 * The ticket after an event, as the domain folds it, but derived from the facets that the event
 * carries. An event of a type that is unknown here therefore has its effect, too.
 *
 * @throws Error if the event carries no facets, or a ticket does not begin with its creation.
 */
export function ticketAfter(before: Ticket | null, event: DecodedEvent): Ticket {
  const { after } = facetsAround(event);
  const { ticketId, requester, issueType } = before ?? creationOf(event);
  const facts: TicketFacts = {
    ticketId,
    requester,
    serviceId: after.service,
    issueType,
    severity: after.severity,
    // Stores need not compare a list that stays the same array.
    owners: before !== null && sameList(before.owners, after.owners) ? before.owners : after.owners,
    dispatched: before?.dispatched === true || after.owners.length > 0,
    size: grownBy(before?.size ?? emptyTicket, event),
  };
  const { state, handler } = after;
  switch (state) {
    case 'pending':
    case 'canceled':
      return { ...facts, state };
    case 'processing':
    case 'pending_feedback':
    case 'pending_reply':
      return { ...facts, state, handler: handler ?? noHandler(event) };
    case 'pending_confirmation': {
      const confirmationDueAt = confirmationDue(before, event);
      return { ...facts, state, handler: handler ?? noHandler(event), confirmationDueAt };
    }
    case 'closed':
      return { ...facts, state, handler, evaluationDueAt: evaluationDue(before, event) };
    default:
      return never(state);
  }
}

/**
 * The data of a ticket's creation.
 *
 * @throws Error if that is not its creation.
 */
export function creationOf(event: DecodedEvent): TicketCreated['data'] {
  if (event.type === 'TicketCreated') return event.data;
  throw new Error(`${event.stream} begins with ${event.type}, not with TicketCreated.`);
}

function noHandler({ type, stream }: DecodedEvent): never {
  throw new Error(`${type} leaves ${stream} in a state that needs a handler, without one.`);
}

/** The deadline in the event's data; without one, the confirmation is due at once. */
function confirmationDue(before: Ticket | null, { data, at }: DecodedEvent): string {
  if ('confirmationDueAt' in data) return data.confirmationDueAt;
  return before?.state === 'pending_confirmation' ? before.confirmationDueAt : at;
}

function evaluationDue(before: Ticket | null, event: DecodedEvent): string | null {
  if ('evaluationDueAt' in event.data) return event.data.evaluationDueAt;
  const isRated = evaluationOf(event) !== null;
  return before?.state === 'closed' && !isRated ? before.evaluationDueAt : null;
}
