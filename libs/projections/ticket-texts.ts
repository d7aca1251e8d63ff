import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { CloseReason } from '#ticketing/ticket/close.js';

/** A message between desk and customer, or an internal note. */
export interface Message {
  readonly kind: 'feedback_requested' | 'feedback_provided' | 'message' | 'note';
  readonly text: string;
}

/** The contents of an event besides the facets: views show them, and never count by them. */
export interface TicketTexts {
  readonly description?: string;
  readonly message?: Message;
  /** The summary of a resolution. */
  readonly resolution?: string;
  readonly evaluation?: { readonly rating: number | null; readonly comment: string | null };
  readonly closeReason?: CloseReason;
}

/**
 * The texts of an event. This is the only place where projections distinguish the types of ticket
 * events: one without texts, existing or new, needs no case.
 */
export function textsOf(event: DecodedEvent): TicketTexts {
  switch (event.type) {
    case 'TicketCreated':
      return { description: event.data.description };
    case 'FeedbackRequested':
      return { message: { kind: 'feedback_requested', text: event.data.message } };
    case 'FeedbackProvided':
      return { message: { kind: 'feedback_provided', text: event.data.message } };
    case 'CustomerMessageAdded':
      return { message: { kind: 'message', text: event.data.message } };
    case 'InternalNoteAdded':
      return { message: { kind: 'note', text: event.data.text } };
    case 'ResolutionSubmitted':
      return { resolution: event.data.summary };
    case 'ResolutionConfirmed':
    case 'EvaluationSubmitted': {
      const { rating, comment } = event.data;
      return rating === null && comment === null ? {} : { evaluation: { rating, comment } };
    }
    case 'TicketClosed':
      return { closeReason: event.data.reason };
    default:
      return {};
  }
}

/** The text of an event that is searchable for everyone who may open the ticket. */
export function searchableText({ description, message }: TicketTexts): string | null {
  if (description !== undefined) return description;
  return message === undefined || message.kind === 'note' ? null : message.text;
}
