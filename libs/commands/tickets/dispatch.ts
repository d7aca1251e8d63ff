import { noService } from '#ticketing/service/state.js';
import { onTicket } from '../kinds.js';

/** Sent by the dispatch policy. */
export const dispatch = onTicket.defineInternal('dispatch', async (given, facts) => {
  const ticket = await facts.ticket(given.ticketId, given.by);
  return ticket.state === 'none'
    ? { ...given, service: noService, serviceRevision: -1 }
    : { ...given, ...(await facts.service(ticket.serviceId)) };
});
