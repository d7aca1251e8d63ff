import { never } from '../decision.js';
import type { TicketEvent } from './events.js';
import { emptyTicket, grownBy } from './limits.js';
import {
  handlerOf,
  type HandledTicket,
  type Ticket,
  type TicketFacts,
  type TicketState,
} from './state.js';

/** Folds one event into a ticket, without checks: the events in the log have happened. */
export function evolve(state: TicketState, event: TicketEvent): TicketState {
  if (event.type === 'TicketCreated') {
    const { ticketId, requester, serviceId, issueType } = event.data;
    return {
      state: 'pending',
      ticketId,
      requester,
      serviceId,
      issueType,
      severity: null,
      owners: [],
      dispatched: false,
      size: grownBy(emptyTicket, event),
    };
  }
  if (state.state === 'none') {
    throw new Error(`A ticket's first event is TicketCreated, not ${event.type}.`);
  }
  return evolveTicket({ ...state, size: grownBy(state.size, event) }, event);
}

function evolveTicket(
  ticket: Ticket,
  event: Exclude<TicketEvent, { type: 'TicketCreated' }>,
): Ticket {
  const facts = factsOf(ticket);
  switch (event.type) {
    case 'TicketDispatched':
      return { ...ticket, owners: event.data.owners, dispatched: true };
    case 'TicketAssigned':
      return { ...facts, state: 'processing', handler: event.data.engineerId };
    case 'TicketForwarded':
      return 'handler' in ticket
        ? { ...ticket, handler: event.data.engineerId }
        : { ...ticket, owners: [event.data.engineerId], dispatched: true };
    case 'FeedbackRequested':
      return handled(ticket, 'pending_feedback');
    case 'FeedbackProvided':
    case 'ResolutionRejected':
      return handled(ticket, 'pending_reply');
    case 'ProcessingResumed':
    case 'ResolutionWithdrawn':
      return handled(ticket, 'processing');
    case 'ResolutionSubmitted':
      return {
        ...facts,
        state: 'pending_confirmation',
        handler: takenBy(ticket),
        confirmationDueAt: event.data.confirmationDueAt,
      };
    case 'TicketCanceled':
      return { ...facts, state: 'canceled' };
    case 'TicketClosed':
      return {
        ...facts,
        state: 'closed',
        handler: handlerOf(ticket),
        evaluationDueAt: event.data.evaluationDueAt,
      };
    case 'EvaluationSubmitted':
      return ticket.state === 'closed' ? { ...ticket, evaluationDueAt: null } : ticket;
    case 'TicketSeveritySet':
      return { ...ticket, severity: event.data.severity };
    case 'ResolutionConfirmed':
    case 'CustomerMessageAdded':
    case 'InternalNoteAdded':
      return ticket;
    default:
      return never(event);
  }
}

const factsOf = (ticket: Ticket): TicketFacts => ({
  ticketId: ticket.ticketId,
  requester: ticket.requester,
  serviceId: ticket.serviceId,
  issueType: ticket.issueType,
  severity: ticket.severity,
  owners: ticket.owners,
  dispatched: ticket.dispatched,
  size: ticket.size,
});

const handled = (ticket: Ticket, state: HandledTicket['state']): HandledTicket => ({
  ...factsOf(ticket),
  state,
  handler: takenBy(ticket),
});

function takenBy(ticket: Ticket): string {
  const handler = handlerOf(ticket);
  if (handler === null) {
    throw new Error(`Ticket ${ticket.ticketId} is ${ticket.state} and has no handler.`);
  }
  return handler;
}
