import { referenceOf } from '#ticketing/reference.js';
import type { CloseReason, TicketEvent } from '#ticketing/ticket/events.js';
import { evolve } from '#ticketing/ticket/evolve.js';
import { handlerOf, noTicket, type Requester, type Ticket } from '#ticketing/ticket/state.js';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import { GapInStream, type Projection } from './projection.js';
import { addWords } from './words.js';

/** A ticket as lists and its own page show it. */
export interface TicketView {
  /** The ticket as the domain folds it: what is allowed next is decided on this. */
  readonly ticket: Ticket;
  readonly reference: string;
  readonly revision: number;
  readonly description: string;
  readonly previousTicketId: string | null;
  readonly resolution: Resolution | null;
  readonly evaluation: Evaluation | null;
  readonly closeReason: CloseReason | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The words of the description and of all messages. */
  readonly words: readonly string[];
}

export interface Resolution {
  readonly summary: string;
  readonly by: string;
  readonly at: string;
}

export interface Evaluation {
  readonly rating: number | null;
  readonly comment: string | null;
  readonly at: string;
}

type TicketProjectedEvent = DecodedEvent & TicketEvent;

/** The key under which a ticket waits for somebody: staff by their id, customers with their tenant. */
export const waitsForStaff = (id: string): string => `staff:${id}`;
export const waitsForCustomer = ({ id, tenant }: Requester): string =>
  `customer:${JSON.stringify([tenant, id])}`;

/** The key of a requester: customers of two organisations may have the same id. */
export const requesterKey = ({ id, tenant }: Requester): string => JSON.stringify([tenant, id]);

export const tickets: Projection<TicketView> = {
  name: 'tickets',
  version: 3,
  perStream: true,
  handles: [
    'TicketCreated',
    'TicketDispatched',
    'TicketAssigned',
    'TicketForwarded',
    'FeedbackRequested',
    'FeedbackProvided',
    'CustomerMessageAdded',
    'InternalNoteAdded',
    'ProcessingResumed',
    'ResolutionSubmitted',
    'ResolutionWithdrawn',
    'ResolutionConfirmed',
    'ResolutionRejected',
    'TicketCanceled',
    'TicketClosed',
    'TicketSeveritySet',
    'EvaluationSubmitted',
  ],
  touches: ({ stream }) => [stream.slice('ticket-'.length)],
  project: (view, event) => project(view, event as TicketProjectedEvent),
  fields: {
    state: ({ ticket }) => ticket.state,
    service: ({ ticket }) => ticket.serviceId,
    handler: ({ ticket }) => handlerOf(ticket),
    requester: ({ ticket }) => ticket.requester.id,
    requesterKey: ({ ticket }) => requesterKey(ticket.requester),
    tenant: ({ ticket }) => ticket.requester.tenant,
    severity: ({ ticket }) => ticket.severity,
    dispatched: ({ ticket }) => (ticket.dispatched ? 1 : 0),
    createdAt: ({ createdAt }) => createdAt,
    updatedAt: ({ updatedAt }) => updatedAt,
  },
  lists: {
    owners: ({ ticket }) => ticket.owners,
    words: ({ words }) => words,
    waitsFor: ({ ticket }) => waitsFor(ticket),
  },
  indexes: [
    ['updatedAt'],
    ['createdAt'],
    ['state', 'updatedAt'],
    ['state', 'createdAt'],
    ['service', 'updatedAt'],
    ['handler', 'updatedAt'],
    ['requesterKey', 'updatedAt'],
    ['requester', 'updatedAt'],
    ['tenant', 'updatedAt'],
    ['severity', 'updatedAt'],
    ['dispatched', 'service', 'state'],
  ],
  alongside: ['state', 'service', 'handler', 'tenant', 'severity', 'createdAt', 'updatedAt'],
};

function project(view: TicketView | null, event: TicketProjectedEvent): TicketView | null {
  const seen = view?.revision ?? -1;
  if (event.revision <= seen) return view;
  if (event.revision > seen + 1) throw new GapInStream(event, seen);
  const ticket = evolve(view?.ticket ?? noTicket, event);
  if (ticket.state === 'none') return null;
  const { revision, at } = event;
  const before = view ?? fresh(ticket, at);
  return { ...before, ...whatElse(before, event), ticket, revision, updatedAt: at };
}

const fresh = (ticket: Ticket, createdAt: string): TicketView => ({
  ticket,
  reference: referenceOf(ticket.ticketId),
  revision: -1,
  description: '',
  previousTicketId: null,
  resolution: null,
  evaluation: null,
  closeReason: null,
  createdAt,
  updatedAt: createdAt,
  words: [],
});

/** What an event tells beyond the domain's own state: texts, and what became of them. */
function whatElse({ words }: TicketView, event: TicketProjectedEvent): Partial<TicketView> {
  const { at } = event;
  switch (event.type) {
    case 'TicketCreated': {
      const { description, previousTicketId } = event.data;
      return { description, previousTicketId, words: addWords(words, description) };
    }
    case 'FeedbackRequested':
    case 'FeedbackProvided':
    case 'CustomerMessageAdded':
      return { words: addWords(words, event.data.message) };
    case 'ResolutionSubmitted':
      return {
        resolution: { summary: event.data.summary, by: event.metadata.actor.id, at },
      };
    case 'ResolutionWithdrawn':
    case 'ResolutionRejected':
      return { resolution: null };
    case 'ResolutionConfirmed':
    case 'EvaluationSubmitted': {
      const { rating, comment } = event.data;
      return rating === null && comment === null ? {} : { evaluation: { rating, comment, at } };
    }
    case 'TicketClosed':
      return { closeReason: event.data.reason };
    default:
      return {};
  }
}

/** Whom a ticket waits for: those who may take it, who handles it, or the customer. */
function waitsFor(ticket: Ticket): readonly string[] {
  switch (ticket.state) {
    case 'pending':
      return ticket.owners.map(waitsForStaff);
    case 'processing':
    case 'pending_reply':
      return [waitsForStaff(ticket.handler)];
    case 'pending_feedback':
    case 'pending_confirmation':
      return [waitsForStaff(ticket.handler), waitsForCustomer(ticket.requester)];
    default:
      return [];
  }
}
