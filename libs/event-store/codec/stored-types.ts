import type { EngineerEvent } from '#ticketing/engineer/events.js';
import type { ServiceEvent } from '#ticketing/service/events.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import type { LogEvent } from '../log-loss.js';
import { createCodec, type StoredTypes } from './codec.js';

/**
 * Every type of event in the log and the version that today's code writes. To change an event's data,
 * raise its version here and add an upcaster for the previous version.
 */
const first = { version: 1 } as const;

export const ticketTypes: StoredTypes<TicketEvent> = {
  TicketCreated: first,
  TicketDispatched: first,
  TicketAssigned: first,
  TicketForwarded: first,
  FeedbackRequested: first,
  FeedbackProvided: first,
  CustomerMessageAdded: first,
  InternalNoteAdded: first,
  ProcessingResumed: first,
  ResolutionSubmitted: first,
  ResolutionWithdrawn: first,
  ResolutionConfirmed: first,
  ResolutionRejected: first,
  TicketCanceled: first,
  TicketClosed: first,
  TicketSeveritySet: first,
  EvaluationSubmitted: first,
};

export const ticketCodec = createCodec(ticketTypes);

export const serviceCodec = createCodec<ServiceEvent>({
  ServiceRegistered: first,
  ServiceChanged: first,
  ServiceDeactivated: first,
  ServiceOwnersConfigured: first,
});

export const engineerCodec = createCodec<EngineerEvent>({
  EngineerRegistered: first,
  EngineerChanged: first,
  EngineerDeactivated: first,
});

export const logCodec = createCodec<LogEvent>({ LogLossAccepted: first });
