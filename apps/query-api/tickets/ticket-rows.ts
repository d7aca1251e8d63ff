import type { ServiceView } from '#projections/services.js';
import type { TicketView } from '#projections/tickets.js';
import type { Views } from '#projections/views.js';
import type { Actor } from '#ticketing/decision.js';
import { mayOnTicket } from '#ticketing/ticket/visibility.js';
import { serviceNames } from '../service-names.js';
import { standingOf } from '../standing.js';
import { ticketFacts, type TicketItem } from './ticket-item.js';

/**
 * The rows of a list. Texts are omitted for actors who may not read them.
 *
 * @param findService - looks up a service as it was at the moment that the list shows
 * @param now - that moment
 */
export async function ticketRows(
  views: readonly TicketView[],
  actor: Actor,
  { engineers }: Pick<Views, 'engineers'>,
  findService: (id: string) => Promise<ServiceView | null>,
  now: string,
): Promise<TicketItem[]> {
  const serviceIds = views.map(({ ticket }) => ticket.serviceId);
  const serviceOf = await serviceNames(serviceIds, findService);
  const by = await standingOf(actor, engineers);
  return views.map((view) => ({
    ...ticketFacts(view, serviceOf(view.ticket.serviceId), by, now),
    ...(mayOnTicket(actor, 'open', view.ticket.requester)
      ? { excerpt: view.description.excerpt }
      : {}),
    lastMessageAt: view.lastMessageAt,
    waitingSince: view.waitingSince,
  }));
}
