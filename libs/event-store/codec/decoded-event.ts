import type { Position } from '../event-store.js';
import type { LogEvent } from '../log-loss.js';
import type { EngineerEvent } from '#ticketing/engineer/events.js';
import type { ServiceEvent } from '#ticketing/service/events.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import type { TicketFacets } from '#ticketing/ticket/state.js';

/** The actor as an event names them. */
export interface EventActor {
  readonly id: string;
  readonly role: string;
  readonly tenant?: string | null;
  readonly onBehalfOf?: { readonly id: string; readonly tenant: string | null };
}

/** The members of every event besides its type and data. */
export interface EventEnvelope {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  readonly at: string;
  readonly metadata: {
    readonly actor: EventActor;
    readonly commandId: string;
    readonly correlationId: string;
    readonly causationId: string;
    /** The W3C trace context of the command, if it was traced. */
    readonly traceparent?: string;
    /** The ticket's facets before and after the event; events of tickets only. */
    readonly before?: TicketFacets;
    readonly after?: TicketFacets;
  };
}

export type DomainEvent = TicketEvent | ServiceEvent | EngineerEvent | LogEvent;

/** An event in today's version, whatever version was stored. */
export type DecodedEvent = EventEnvelope & DomainEvent;

export const isTicketEvent = (event: DecodedEvent): event is EventEnvelope & TicketEvent =>
  event.stream.startsWith('ticket-');
