import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { Consumer } from '#consuming/consumer.js';
import type { Projection } from '#projections/projection.js';
import type { ViewReader, ViewStore } from '#view-stores/view-store.js';

/**
 * Gives the command `dispatch` on a ticket. A ticket that needs none, or cannot have one, is left as
 * it is. Giving it twice for one cause has the effect of giving it once.
 */
export type Dispatch = (ticketId: string, cause: DecodedEvent) => Promise<void>;

/** A pending ticket that no engineer owns. */
export interface WaitingTicket {
  readonly service: string;
  /** Since when it waits: an ISO 8601 time. */
  readonly since: string;
}

const PAGE_SIZE_TICKETS = 200;

/** The state of the policy: the tickets that wait for their service to have owners. */
export const waitingTickets: Projection<WaitingTicket> = {
  name: 'dispatch-policy',
  version: 1,
  perStream: true,
  categories: ['ticket', 'service'],
  touches: (event) => (isOfTicket(event) ? [ticketIdOf(event)] : []),
  project: (view, { at, metadata: { after } }) =>
    after?.state === 'pending' && after.owners.length === 0
      ? { service: after.service, since: view?.since ?? at }
      : null,
  fields: { service: ({ service }) => service, since: ({ since }) => since },
  lists: {},
  indexes: [['service', 'since']],
};

/**
 * Dispatches tickets that were raised while their service had no owners, once it has some: after
 * a ticket is created without owners (its service may have got them in the same moment), and after
 * a service's owners were configured.
 *
 * @param store - the store of the policy's state, checkpoint and lease, apart from the read models
 */
export const dispatchPolicy = (store: ViewStore, dispatch: Dispatch): Consumer => {
  const waiting = store.reader(waitingTickets);
  return {
    projection: waitingTickets as never,
    store,
    act: async (events) => {
      for (const event of events) await reactTo(event, waiting, dispatch);
    },
  };
};

async function reactTo(
  event: DecodedEvent,
  waiting: ViewReader<WaitingTicket>,
  dispatch: Dispatch,
): Promise<void> {
  if (event.type === 'TicketCreated') {
    const ticketId = ticketIdOf(event);
    if ((await waiting.get(ticketId)) !== null) await dispatch(ticketId, event);
  } else if (event.type === 'ServiceOwnersConfigured') {
    const service = event.stream.slice('service-'.length);
    for await (const ticketId of waitingFor(service, waiting)) await dispatch(ticketId, event);
  }
}

/** The ids of the tickets that wait for a service's owners, oldest first. */
async function* waitingFor(
  service: string,
  waiting: ViewReader<WaitingTicket>,
): AsyncGenerator<string> {
  let after: { readonly value: string; readonly id: string } | undefined;
  for (;;) {
    const found = await waiting.find({
      where: [{ field: 'service', in: [service] }],
      sort: { field: 'since', descending: false },
      limit: PAGE_SIZE_TICKETS,
      ...(after === undefined ? {} : { after }),
    });
    for (const { id } of found) yield id;
    const last = found.at(-1);
    if (last === undefined || found.length < PAGE_SIZE_TICKETS) return;
    after = { value: last.view.since, id: last.id };
  }
}

const isOfTicket = ({ stream }: DecodedEvent): boolean => stream.startsWith('ticket-');
const ticketIdOf = ({ stream }: DecodedEvent): string => stream.slice('ticket-'.length);
