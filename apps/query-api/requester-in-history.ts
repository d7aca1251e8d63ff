import { decode } from '#event-store/codec/decode.js';
import { NO_STREAM, type EventReader } from '#event-store/event-store.js';
import { HistoryDamaged, requireHistory } from '#event-store/history.js';
import type { Views } from '#projections/views.js';
import type { Actor } from '#ticketing/decision.js';
import { ticketStream } from '#ticketing/streams.js';
import type { Requester } from '#ticketing/ticket/state.js';
import { mayOnTicket } from '#ticketing/ticket/visibility.js';
import { noSuchTicket } from './no-such-ticket.js';

/** Stands for an unknown requester: no customer has this id. */
export const NOBODY: Requester = { id: '', tenant: null };

/**
 * The requester of a ticket whom its first event names. If that event is damaged, the read model
 * decides who may learn that.
 *
 * @throws Problem `not_found` if the actor may not open the ticket, or there is none
 * @throws HistoryDamaged if its first event is damaged
 */
export async function requesterInHistory(
  log: Pick<EventReader, 'readStream'>,
  { tickets }: Pick<Views, 'tickets'>,
  actor: Actor,
  ticketId: string,
): Promise<Requester> {
  const stream = ticketStream(ticketId);
  const begin = await log.readStream(stream, { limit: 1 });
  try {
    requireHistory(stream, NO_STREAM, begin);
  } catch (error) {
    if (!(error instanceof HistoryDamaged)) throw error;
    const view = await tickets.get(ticketId);
    if (mayOnTicket(actor, 'open', view?.ticket.requester ?? NOBODY)) throw error;
    throw noSuchTicket();
  }
  const [first] = begin.map(decode);
  if (first?.type !== 'TicketCreated') throw noSuchTicket();
  const { requester } = first.data;
  if (!mayOnTicket(actor, 'open', requester)) throw noSuchTicket();
  return requester;
}
