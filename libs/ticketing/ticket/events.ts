import type { Timestamp } from '../decision.js';
import type { Fact } from '../fact.js';
import type { Requester, Severity } from './state.js';

/** How a customer can be reached. At least one of mobile and email is there. */
export interface Contact {
  /** E.164, such as `+390612345678`. */
  readonly mobile?: string;
  readonly email?: string;
  /** When messages to the mobile are welcome: `HH:MM` to `HH:MM` in an IANA time zone. */
  readonly receivingPeriod?: {
    readonly from: string;
    readonly to: string;
    readonly timeZone: string;
  };
}

export type CloseReason = 'confirmed' | 'unconfirmed' | 'forced';

export type TicketCreated = Fact<
  'TicketCreated',
  {
    readonly ticketId: string;
    readonly requester: Requester;
    readonly serviceId: string;
    readonly issueType: string | null;
    readonly description: string;
    readonly contact: Contact;
    readonly agreementVersion: string;
    readonly previousTicketId: string | null;
    /** The customer insisted on a text that looks like a secret. */
    readonly sensitiveAcknowledged: boolean;
  }
>;

export type TicketDispatched = Fact<
  'TicketDispatched',
  {
    readonly owners: readonly string[];
    readonly serviceId: string;
    /** The revision of the service's stream that named these owners. */
    readonly serviceRevision: number;
  }
>;

export type TicketAssigned = Fact<
  'TicketAssigned',
  {
    readonly engineerId: string;
    readonly how: 'claimed' | 'assigned';
    readonly reason: string | null;
  }
>;

export type TicketForwarded = Fact<
  'TicketForwarded',
  {
    readonly engineerId: string;
    /** With a handler the target became the handler, without one the only owner. */
    readonly became: 'handler' | 'owner';
    /** The handler before, where there was one. */
    readonly from: string | null;
    readonly reason: string | null;
  }
>;

export type FeedbackRequested = Fact<'FeedbackRequested', { readonly message: string }>;
export type FeedbackProvided = Fact<'FeedbackProvided', { readonly message: string }>;
export type CustomerMessageAdded = Fact<'CustomerMessageAdded', { readonly message: string }>;
export type InternalNoteAdded = Fact<'InternalNoteAdded', { readonly text: string }>;
export type ProcessingResumed = Fact<'ProcessingResumed', { readonly reason: string | null }>;

export type ResolutionSubmitted = Fact<
  'ResolutionSubmitted',
  { readonly summary: string; readonly confirmationDueAt: Timestamp }
>;
export type ResolutionWithdrawn = Fact<'ResolutionWithdrawn', { readonly reason: string }>;
export type ResolutionRejected = Fact<'ResolutionRejected', { readonly reason: string }>;

/** A customer's evaluation: 1 (bad) to 5 (good), in words where wanted. */
export type ResolutionConfirmed = Fact<
  'ResolutionConfirmed',
  { readonly rating: number | null; readonly comment: string | null }
>;
export type EvaluationSubmitted = Fact<
  'EvaluationSubmitted',
  { readonly rating: number; readonly comment: string | null }
>;

export type TicketCanceled = Fact<'TicketCanceled', { readonly reason: string | null }>;

export type TicketClosed = Fact<
  'TicketClosed',
  {
    readonly reason: CloseReason;
    /** Why, in words: always there where a lead forced it. */
    readonly explanation: string | null;
    /** Until then the requester may evaluate; null where the confirmation brought a rating. */
    readonly evaluationDueAt: Timestamp | null;
  }
>;

export type TicketSeveritySet = Fact<'TicketSeveritySet', { readonly severity: Severity }>;

export type TicketEvent =
  | TicketCreated
  | TicketDispatched
  | TicketAssigned
  | TicketForwarded
  | FeedbackRequested
  | FeedbackProvided
  | CustomerMessageAdded
  | InternalNoteAdded
  | ProcessingResumed
  | ResolutionSubmitted
  | ResolutionWithdrawn
  | ResolutionConfirmed
  | ResolutionRejected
  | TicketCanceled
  | TicketClosed
  | TicketSeveritySet
  | EvaluationSubmitted;
