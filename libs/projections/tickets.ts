import { referenceOf } from '#ticketing/reference.js';
import type { CloseReason } from '#ticketing/ticket/close.js';
import { handlerOf, type Requester, type Ticket } from '#ticketing/ticket/state.js';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import { GapInStream, type Projection } from './projection.js';
import { creationOf, ticketAfter } from './ticket-after.js';
import { searchableText, textsOf } from './ticket-texts.js';
import { addWords } from './search-words.js';

/** A ticket as shown in lists and on its page. */
export interface TicketView {
  /** The ticket as the domain folds it; determines the allowed commands. */
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

/** The key under which a ticket waits for a person: staff by their id, customers with their tenant. */
export const waitsForStaff = (id: string): string => `staff:${id}`;
export const waitsForCustomer = ({ id, tenant }: Requester): string =>
  `customer:${JSON.stringify([tenant, id])}`;

export const tickets: Projection<TicketView> = {
  name: 'tickets',
  version: 6,
  perStream: true,
  categories: ['ticket'],
  touches: ({ stream }) => [stream.slice('ticket-'.length)],
  project,
  fields: {
    state: ({ ticket }) => ticket.state,
    service: ({ ticket }) => ticket.serviceId,
    handler: ({ ticket }) => handlerOf(ticket),
    requester: ({ ticket }) => ticket.requester.id,
    tenant: ({ ticket }) => ticket.requester.tenant,
    severity: ({ ticket }) => ticket.severity,
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
    ['requester', 'updatedAt'],
    ['tenant', 'updatedAt'],
    ['severity', 'updatedAt'],
  ],
  alongside: ['state', 'service', 'handler', 'tenant', 'severity', 'createdAt'],
};

function project(view: TicketView | null, event: DecodedEvent): TicketView {
  const seen = view?.revision ?? -1;
  if (view !== null && event.revision <= seen) return view;
  if (event.revision > seen + 1) throw new GapInStream(event, seen);
  const { revision, at } = event;
  const ticket = ticketAfter(view?.ticket ?? null, event);
  return { ...withTexts(view ?? newView(event), event, ticket), ticket, revision, updatedAt: at };
}

function newView(event: DecodedEvent): Omit<TicketView, 'ticket'> {
  const { ticketId, previousTicketId } = creationOf(event);
  return {
    reference: referenceOf(ticketId),
    revision: -1,
    description: '',
    previousTicketId,
    resolution: null,
    evaluation: null,
    closeReason: null,
    createdAt: event.at,
    updatedAt: event.at,
    words: [],
  };
}

/** The view with the texts of an event. */
function withTexts<View extends Omit<TicketView, 'ticket'>>(
  view: View,
  event: DecodedEvent,
  { state }: Ticket,
): View {
  const { at, metadata } = event;
  const texts = textsOf(event);
  const { resolution: summary, evaluation } = texts;
  const text = searchableText(texts);
  // A resolution stands while it waits for confirmation, and after the ticket was closed.
  const stands = state === 'pending_confirmation' || state === 'closed';
  const resolution =
    summary === undefined ? view.resolution : { summary, by: metadata.actor.id, at };
  return {
    ...view,
    description: texts.description ?? view.description,
    resolution: stands ? resolution : null,
    evaluation: evaluation === undefined ? view.evaluation : { ...evaluation, at },
    closeReason: texts.closeReason ?? view.closeReason,
    words: text === null ? view.words : addWords(view.words, text),
  };
}

/** The people a ticket waits for: its owners, its handler, or the customer. */
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
