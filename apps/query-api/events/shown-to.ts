import type { RecordedEvent } from '#event-store/event-store.js';
import type { Actor } from '#ticketing/decision.js';
import type { Requester, TicketFacets } from '#ticketing/ticket/state.js';
import { seesAllText, seesNotes, seesOwnOnly, seesTextOf, worksWithDesk } from '../visibility.js';

/** How much of an event somebody is shown: what people wrote is in its data. */
export type Shown = 'nothing' | 'without data' | 'everything';

/** Looks up who raised the ticket that an event is of. */
export type RequesterOf = (event: RecordedEvent) => Promise<Requester>;

/** How much of an event an actor may see, by the rules of the queries that show the same. */
export async function shownTo(
  actor: Actor,
  event: RecordedEvent,
  requesterOf: RequesterOf,
): Promise<Shown> {
  const { stream, type } = event;
  if (stream.startsWith('ticket-')) return ofTicket(actor, event, requesterOf);
  if (stream.startsWith('engineer-')) return worksWithDesk(actor) ? 'everything' : 'nothing';
  if (!stream.startsWith('service-')) return 'nothing';
  // Customers choose a service; who owns it is the desk's own business.
  return type !== 'ServiceOwnersConfigured' || worksWithDesk(actor) ? 'everything' : 'nothing';
}

async function ofTicket(
  actor: Actor,
  event: RecordedEvent,
  requesterOf: RequesterOf,
): Promise<Shown> {
  const isNote = event.type === 'InternalNoteAdded';
  if (isNote ? seesNotes(actor) : seesAllText(actor)) return 'everything';
  const otherwise: Shown = seesOwnOnly(actor) ? 'nothing' : 'without data';
  if (isNote || !actor.roles.includes('customer')) return otherwise;
  const { tenant } = event.metadata['after'] as unknown as TicketFacets;
  if (tenant !== actor.tenant) return otherwise;
  return seesTextOf(actor, await requesterOf(event)) ? 'everything' : otherwise;
}
