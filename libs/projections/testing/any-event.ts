import { engineerEvents, serviceEvents, ticketEvents } from '#event-store/testing/todays-events.js';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import { engineerStream, serviceStream, ticketStream } from '#ticketing/streams.js';
import type { TicketFacets } from '#ticketing/ticket/state.js';

/** A type of ticket event that no code knows. */
export const inventedType = 'TicketPostponed';

/** Every type of ticket event there is today, and one that is invented. */
export const ticketEventTypes: readonly string[] = [...Object.keys(ticketEvents), inventedType];

export const pendingFacets: TicketFacets = {
  state: 'pending',
  service: 'vpn',
  tenant: 'acme',
  severity: null,
  handler: null,
  owners: ['bob'],
};

/** Facets that differ from those of a pending ticket in everything that an event may change. */
export const closedFacets: TicketFacets = {
  state: 'closed',
  service: 'mail',
  tenant: 'acme',
  severity: 'high',
  handler: 'dave',
  owners: ['carol'],
};

interface Written {
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly data: object;
  readonly before?: TicketFacets;
  readonly after?: TicketFacets;
}

/** When the event at a position happens: one an hour. */
export const timeOf = (position: number): string =>
  new Date(Date.UTC(2026, 10, 24) + position * 3_600_000).toISOString();

/**
 * A log on which one ticket is created for each type of event, and then has one event of that type,
 * even if the domain would not allow it. Afterwards the ticket has other facets. Events of services and
 * engineers, one of each type, come last.
 *
 * @param after - the facets that each of these events carries
 */
export function logOfEveryType(after: TicketFacets): readonly DecodedEvent[] {
  const written = [
    ...ticketEventTypes.flatMap((type) => lifeOf(type, after)),
    ...entries(serviceEvents, serviceStream('vpn')),
    ...entries(engineerEvents, engineerStream('bob')),
  ];
  return written.map(({ stream, revision, type, data, before, after: facets }, position) => {
    const causes = { commandId: 'command', correlationId: 'correlation', causationId: 'cause' };
    const metadata = {
      actor: { id: 'dave', role: 'engineer' },
      ...causes,
      ...(before === undefined ? {} : { before }),
      ...(facets === undefined ? {} : { after: facets }),
    };
    const at = timeOf(position);
    const event = { id: `${position}`, stream, revision, position: BigInt(position), at, metadata };
    return { ...event, type, data } as unknown as DecodedEvent;
  });
}

const dataOf = (type: string): object =>
  type === inventedType ? {} : ticketEvents[type as keyof typeof ticketEvents];

function lifeOf(type: string, after: TicketFacets): readonly Written[] {
  const stream = ticketStream(type);
  const creation = { ...ticketEvents.TicketCreated, ticketId: type };
  return [
    { stream, revision: 0, type: 'TicketCreated', data: creation, after: pendingFacets },
    { stream, revision: 1, type, data: dataOf(type), before: pendingFacets, after },
  ];
}

const entries = (events: object, stream: string): readonly Written[] =>
  Object.entries(events).map(([type, data], revision) => ({
    stream,
    revision,
    type,
    data: data as object,
  }));
