import { referenceOf } from '#ticketing/reference.js';
import type { CloseReason } from '#ticketing/ticket/close.js';
import { handlerOf, type Requester, type Ticket } from '#ticketing/ticket/state.js';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import { afterRepeat, GapInStream, type Projection } from './projection.js';
import { creationOf, ticketAfter } from './ticket-after.js';
import { addWords } from './search-words.js';
import { isCustomersTurn } from './ticket-clock.js';
import {
  closeReasonOf,
  evaluationOf,
  isMessage,
  searchableText,
  shortText,
  textOf,
  type EventText,
  type ShortText,
} from './ticket-texts.js';

/**
 * A ticket as shown in lists. Every event of the ticket rewrites this document, so it has
 * only excerpts of long texts: the whole ones are entries.
 */
export interface TicketView {
  /** The ticket as the domain folds it; determines the allowed commands. */
  readonly ticket: Ticket;
  readonly reference: string;
  readonly revision: number;
  /** The position of the event of that revision. */
  readonly position: string;
  readonly description: ShortText;
  readonly previousTicketId: string | null;
  /** The resolution that stands. */
  readonly resolution: Resolution | null;
  readonly evaluation: Evaluation | null;
  readonly closeReason: CloseReason | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The time of the last message between desk and customer; null before the first. */
  readonly lastMessageAt: string | null;
  /** Since when it has been the same side's turn, the desk's or the customer's; null after the end. */
  readonly waitingSince: string | null;
  /** The words of the description and of all messages. */
  readonly words: readonly string[];
}

export interface Resolution {
  readonly summary: ShortText;
  readonly by: string;
  readonly at: string;
}

export interface Evaluation {
  readonly rating: number | null;
  readonly comment: ShortText | null;
  readonly at: string;
}

/** The key under which a ticket waits for a person: staff by their id, customers with their tenant. */
export const waitsForStaff = (id: string): string => `staff:${id}`;
export const waitsForCustomer = ({ id, tenant }: Requester): string =>
  `customer:${JSON.stringify([tenant, id])}`;

export const tickets: Projection<TicketView> = {
  name: 'tickets',
  version: 8,
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
  if (view !== null && event.revision <= seen) return afterRepeat(view, event);
  if (event.revision > seen + 1) throw new GapInStream(event, seen);
  const { revision, at } = event;
  const position = event.position.toString();
  const ticket = ticketAfter(view?.ticket ?? null, event);
  const waitingSince = waitingSinceAfter(view, event, ticket);
  const after = withText(view ?? newView(event), event, ticket);
  return { ...after, ticket, revision, position, updatedAt: at, waitingSince };
}

type TextsOfView = Omit<TicketView, 'ticket' | 'waitingSince'>;

function newView(event: DecodedEvent): TextsOfView {
  const { ticketId, previousTicketId, description } = creationOf(event);
  return {
    reference: referenceOf(ticketId),
    revision: -1,
    position: '-1',
    description: shortText(description, event.revision),
    previousTicketId,
    resolution: null,
    evaluation: null,
    closeReason: null,
    createdAt: event.at,
    updatedAt: event.at,
    lastMessageAt: null,
    words: [],
  };
}

/** The view with what the text of an event adds to it. */
function withText<View extends TextsOfView>(
  view: View,
  event: DecodedEvent,
  { state }: Ticket,
): View {
  const text = textOf(event);
  const words = searchableText(text);
  // A resolution stands while it waits for confirmation, and after the ticket was closed.
  const stands = state === 'pending_confirmation' || state === 'closed';
  return {
    ...view,
    resolution: stands ? resolutionAfter(view, event, text) : null,
    evaluation: evaluationAfter(view, event, text),
    closeReason: closeReasonOf(event) ?? view.closeReason,
    lastMessageAt: text !== null && isMessage(text) ? event.at : view.lastMessageAt,
    words: words === null ? view.words : addWords(view.words, words),
  };
}

function resolutionAfter(
  { resolution }: TextsOfView,
  { revision, at, metadata }: DecodedEvent,
  text: EventText | null,
): Resolution | null {
  if (text?.kind !== 'resolution') return resolution;
  return { summary: shortText(text.text, revision), by: metadata.actor.id, at };
}

function evaluationAfter(
  view: TextsOfView,
  event: DecodedEvent,
  text: EventText | null,
): Evaluation | null {
  const evaluation = evaluationOf(event);
  if (evaluation === null) return view.evaluation;
  const comment = text === null ? null : shortText(text.text, event.revision);
  return { ...evaluation, comment, at: event.at };
}

function waitingSinceAfter(
  view: TicketView | null,
  { at }: DecodedEvent,
  { state }: Ticket,
): string | null {
  if (state === 'closed' || state === 'canceled') return null;
  const isSameTurn = isCustomersTurn(view?.ticket.state) === isCustomersTurn(state);
  return view !== null && isSameTurn ? view.waitingSince : at;
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
