import { isTicketEvent, type DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { Actor } from '#ticketing/decision.js';
import type { Requester } from '#ticketing/ticket/state.js';
import {
  deskEventVisibility,
  relationTo,
  ticketEventVisibility,
  type EventVisibility,
} from '#ticketing/ticket/visibility.js';

/** Looks up the requester of an event's ticket. */
export type RequesterOf = (event: DecodedEvent) => Promise<Requester>;

/** How much of an event an actor may read. Looks up the requester only if it matters. */
export async function visibilityTo(
  actor: Actor,
  event: DecodedEvent,
  requesterOf: RequesterOf,
): Promise<EventVisibility> {
  if (event.type === 'LogLossAccepted') return 'nothing';
  if (!isTicketEvent(event)) return deskEventVisibility(actor, event.type);
  const other = ticketEventVisibility(actor, event.type, 'other');
  const own = ticketEventVisibility(actor, event.type, 'own');
  if (own === other || event.metadata.after?.tenant !== actor.tenant) return other;
  return relationTo(actor, await requesterOf(event)) === 'own' ? own : other;
}
