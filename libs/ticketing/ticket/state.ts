import type { Timestamp } from '../decision.js';
import type { TicketSize } from './limits.js';

/** The states of `domain.md`, as in JSON. */
export const ticketStates = [
  'pending',
  'processing',
  'pending_feedback',
  'pending_reply',
  'pending_confirmation',
  'canceled',
  'closed',
] as const;
export type TicketStateName = (typeof ticketStates)[number];

export const severities = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

/** The customer of a ticket. */
export interface Requester {
  readonly id: string;
  readonly tenant: string | null;
}

/** The fields of a ticket in every state. */
export interface TicketFacts {
  readonly ticketId: string;
  readonly requester: Requester;
  readonly serviceId: string;
  readonly issueType: string | null;
  readonly severity: Severity | null;
  /** The engineers to whom it was dispatched, or forwarded while pending. */
  readonly owners: readonly string[];
  /** Whether it ever reached an engineer: by dispatch, or forwarded while pending. */
  readonly dispatched: boolean;
  readonly size: TicketSize;
}

export interface NoTicket {
  readonly state: 'none';
}

export interface PendingTicket extends TicketFacts {
  readonly state: 'pending';
}

/** A ticket that an engineer has taken. */
export interface HandledTicket extends TicketFacts {
  readonly state: 'processing' | 'pending_feedback' | 'pending_reply';
  readonly handler: string;
}

export interface PendingConfirmationTicket extends TicketFacts {
  readonly state: 'pending_confirmation';
  readonly handler: string;
  /** Afterwards the handler may close it unconfirmed. */
  readonly confirmationDueAt: Timestamp;
}

export interface CanceledTicket extends TicketFacts {
  readonly state: 'canceled';
}

export interface ClosedTicket extends TicketFacts {
  readonly state: 'closed';
  readonly handler: string | null;
  /** The deadline of an evaluation; null once there is one. */
  readonly evaluationDueAt: Timestamp | null;
}

export type Ticket =
  PendingTicket | HandledTicket | PendingConfirmationTicket | CanceledTicket | ClosedTicket;

export type TicketState = NoTicket | Ticket;

export const noTicket: NoTicket = { state: 'none' };

/** The engineer who has taken the ticket, or null. */
export const handlerOf = (ticket: Ticket): string | null =>
  'handler' in ticket ? ticket.handler : null;

/** The facts of a ticket that projections count by. Every event carries them, before and after. */
export type TicketFacets = {
  readonly state: TicketStateName;
  readonly service: string;
  readonly tenant: string | null;
  readonly severity: Severity | null;
  readonly handler: string | null;
  readonly owners: readonly string[];
};

export const facetsOf = (ticket: TicketState): TicketFacets | null =>
  ticket.state === 'none'
    ? null
    : {
        handler: handlerOf(ticket),
        owners: ticket.owners,
        service: ticket.serviceId,
        severity: ticket.severity,
        state: ticket.state,
        tenant: ticket.requester.tenant,
      };
