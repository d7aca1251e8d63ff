import { decode } from '#event-store/codec/decode.js';
import { NO_STREAM, type EventReader } from '#event-store/event-store.js';
import { HistoryDamaged, lostStream, requireHistory, wrongShape } from '#event-store/history.js';
import type { Views } from '#projections/views.js';
import type { Actor } from '#ticketing/decision.js';
import { ticketStream } from '#ticketing/streams.js';
import type { Requester } from '#ticketing/ticket/state.js';
import { mayOnTicket } from '#ticketing/ticket/visibility.js';
import { unlessUnavailable } from '#view-stores/view-store.js';
import { noSuchTicket } from './no-such-ticket.js';

/**
 * The requester of a ticket whom its first event names. If that event is damaged or gone, the read
 * model decides who may learn that.
 *
 * @throws Problem `not_found` if the actor may not open the ticket, or there is none
 * @throws HistoryDamaged if its first event is damaged or gone
 */
export async function requesterInHistory(
  log: Pick<EventReader, 'readStream'>,
  { tickets }: Pick<Views, 'tickets'>,
  actor: Actor,
  ticketId: string,
): Promise<Requester> {
  const stream = ticketStream(ticketId);
  const found = await requesterIn(log, stream);
  if (found !== null && !(found instanceof HistoryDamaged)) {
    if (!mayOnTicket(actor, 'open', found)) throw noSuchTicket();
    return found;
  }
  const view = await unlessUnavailable(tickets.get(ticketId));
  const isKnown = found !== null || view !== null;
  if (!isKnown || !mayOnTicket(actor, 'open', view?.ticket.requester ?? null)) throw noSuchTicket();
  throw found ?? lostStream(stream);
}

/** Null if there is no event. */
async function requesterIn(
  log: Pick<EventReader, 'readStream'>,
  stream: string,
): Promise<Requester | HistoryDamaged | null> {
  const begin = await log.readStream(stream, { limit: 1 });
  try {
    requireHistory(stream, NO_STREAM, begin);
    const [first] = begin.map(decode);
    if (first === undefined) return null;
    return first.type === 'TicketCreated' ? first.data.requester : wrongShape(first);
  } catch (error) {
    if (error instanceof HistoryDamaged) return error;
    throw error;
  }
}
