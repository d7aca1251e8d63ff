import { decode } from '#event-store/codec/decode.js';
import { NO_STREAM, type EventReader } from '#event-store/event-store.js';
import { HistoryDamaged, requireHistory } from '#event-store/history.js';
import type { Views } from '#projections/views.js';
import type { Actor } from '#ticketing/decision.js';
import { ticketStream } from '#ticketing/streams.js';
import type { Requester } from '#ticketing/ticket/state.js';
import { mayOnTicket } from '#ticketing/ticket/visibility.js';
import { noSuchTicket } from './no-such-ticket.js';

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
  const requester = await requesterIn(log, ticketStream(ticketId)).catch(async (error: unknown) => {
    if (!(error instanceof HistoryDamaged)) throw error;
    const view = await tickets.get(ticketId);
    if (mayOnTicket(actor, 'open', view?.ticket.requester ?? null)) throw error;
    return null;
  });
  if (requester === null || !mayOnTicket(actor, 'open', requester)) throw noSuchTicket();
  return requester;
}

/** Null if there is no such ticket. */
async function requesterIn(
  log: Pick<EventReader, 'readStream'>,
  stream: string,
): Promise<Requester | null> {
  const begin = await log.readStream(stream, { limit: 1 });
  requireHistory(stream, NO_STREAM, begin);
  const [first] = begin.map(decode);
  return first?.type === 'TicketCreated' ? first.data.requester : null;
}
