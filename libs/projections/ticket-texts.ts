import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { CloseReason } from '#ticketing/ticket/close.js';

/** The kinds of messages between desk and customer. */
export const messageKinds = ['feedback_requested', 'feedback_provided', 'message'] as const;
export type MessageKind = (typeof messageKinds)[number];

/** What a person wrote on a ticket with one event. */
export type EventText =
  | { readonly kind: MessageKind; readonly text: string }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'description'; readonly text: string }
  | { readonly kind: 'resolution'; readonly text: string }
  | {
      readonly kind: 'evaluation';
      readonly rating: number | null;
      readonly comment: string | null;
    };

/**
 * The text of an event; null if it has none. With {@link closeReasonOf} this is the only place where
 * projections distinguish the types of ticket events: one without a text, existing or new, needs no
 * case. Views show texts, and never count by them.
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
      const { rating, comment } = event.data;
      return rating === null && comment === null ? null : { kind: 'evaluation', rating, comment };
    }
    default:
      return null;
  }
}

/** Why an event closed its ticket; null if it did not. */
export const closeReasonOf = (event: DecodedEvent): CloseReason | null =>
  event.type === 'TicketClosed' ? event.data.reason : null;

export const isMessage = <Text extends EventText>(
  text: Text,
): text is Extract<Text, { readonly kind: MessageKind }> =>
  (messageKinds as readonly string[]).includes(text.kind);

/** The text of an event that is searchable for everyone who may open the ticket. */
export const searchableText = (text: EventText | null): string | null =>
  text !== null && (text.kind === 'description' || isMessage(text)) ? text.text : null;
