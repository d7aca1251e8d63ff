import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { CloseReason } from '#ticketing/ticket/close.js';
import { excerptOf } from './excerpt.js';

/** The kinds of messages between desk and customer. */
export const messageKinds = ['feedback_requested', 'feedback_provided', 'message'] as const;
export type MessageKind = (typeof messageKinds)[number];

/** What a person wrote on a ticket with one event. */
export interface EventText {
  readonly kind: MessageKind | 'note' | 'description' | 'resolution' | 'evaluation';
  readonly text: string;
}

/**
 * The text of an event; null if it has none. With the two functions that follow this is the only
 * place where projections distinguish the types of ticket events: one without texts, existing or
 * new, needs no case. Views show texts, and never count by them.
 */
export function textOf(event: DecodedEvent): EventText | null {
  switch (event.type) {
    case 'TicketCreated':
      return { kind: 'description', text: event.data.description };
    case 'FeedbackRequested':
      return { kind: 'feedback_requested', text: event.data.message };
    case 'FeedbackProvided':
      return { kind: 'feedback_provided', text: event.data.message };
    case 'CustomerMessageAdded':
      return { kind: 'message', text: event.data.message };
    case 'InternalNoteAdded':
      return { kind: 'note', text: event.data.text };
    case 'ResolutionSubmitted':
      return { kind: 'resolution', text: event.data.summary };
    case 'ResolutionConfirmed':
    case 'EvaluationSubmitted': {
      const { comment } = event.data;
      return comment === null ? null : { kind: 'evaluation', text: comment };
    }
    default:
      return null;
  }
}

/** Whether an event evaluates the ticket, and with which rating; null if it does not. */
export function evaluationOf(event: DecodedEvent): { readonly rating: number | null } | null {
  if (event.type !== 'ResolutionConfirmed' && event.type !== 'EvaluationSubmitted') return null;
  const { rating, comment } = event.data;
  return rating === null && comment === null ? null : { rating };
}

/** Why an event closed its ticket; null if it did not. */
export const closeReasonOf = (event: DecodedEvent): CloseReason | null =>
  event.type === 'TicketClosed' ? event.data.reason : null;

export const isMessage = ({ kind }: EventText): boolean =>
  (messageKinds as readonly string[]).includes(kind);

/** The text of an event that is searchable for everyone who may open the ticket. */
export const searchableText = (text: EventText | null): string | null =>
  text !== null && (text.kind === 'description' || isMessage(text)) ? text.text : null;

/** A text in a document that is rewritten often. */
export interface ShortText {
  readonly excerpt: string;
  /** The revision of the entry that has the whole text; null if the excerpt is all of it. */
  readonly entry: number | null;
}

export function shortText(text: string, revision: number): ShortText {
  const excerpt = excerptOf(text);
  return { excerpt, entry: excerpt === text ? null : revision };
}
