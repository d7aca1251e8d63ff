import type { History, HistoryEvent, TicketAccepted } from './answers.js';
import type { Desk } from './desk.js';
import type { LiveEvent } from './event-stream.js';
import type { Name } from './people.js';
import { give, ticketIn } from './tickets.js';

/** A text that only staff may read, and one that nobody may. */
export const NOTE = 'The customer is tiresome.';
export const EMAIL = 'alice.private@acme.example';

/** A closed ticket of alice's with a long history. */
export async function longTicket(desk: Desk): Promise<TicketAccepted> {
  const { ticketId } = await ticketIn(desk, 'pending_reply', {
    description: 'The tunnel drops.\nEvery hour.',
    contact: { email: EMAIL },
  });
  await give(desk, 'dave', ticketId, 'notes', { text: NOTE });
  await give(desk, 'bob', ticketId, 'resolve', { summary: 'Renewed it.' });
  return give(desk, 'alice', ticketId, 'confirm', { rating: 5, comment: 'Grazie.' });
}

export async function historyOf(
  desk: Desk,
  by: Name,
  ticketId: string,
): Promise<readonly HistoryEvent[]> {
  return (await desk.as(by).get<History>(`/tickets/${ticketId}/history`)).body.events;
}

/** The members that a history and a stream share. */
export const comparable = ({
  revision,
  position,
  type,
  at,
  actor,
  data,
}: Partial<HistoryEvent>) => ({
  revision,
  position,
  type,
  at,
  actor,
  data,
});

/** The ticket events of a stream, to compare with the histories. */
export const asHistory = (events: readonly LiveEvent[]) =>
  events.filter(({ ticketId }) => ticketId !== undefined).map(comparable);
