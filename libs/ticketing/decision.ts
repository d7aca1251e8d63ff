/**
 * What a decider answers: the events that a command leads to, or why it is refused.
 * `libs/event-sourcing` fits these types by shape, so that the domain imports nothing.
 */

/** The codes that the domain refuses with; `http-api.md` gives each its HTTP status. */
export type RefusalCode =
  | 'invalid_request'
  | 'forbidden'
  | 'not_found'
  | 'illegal_transition'
  | 'already_handled'
  | 'ticket_closed'
  | 'unknown_service'
  | 'inactive_service'
  | 'unknown_engineer'
  | 'agreement_required'
  | 'sensitive_content';

export interface Refusal {
  readonly code: RefusalCode;
  /** What happened, why, and what to do next, in a sentence or two. */
  readonly detail: string;
  /**
   * True where the refusal is about who asks and not about what is: it is then told before
   * anything else, a revision that does not match included.
   */
  readonly aboutTheActor?: boolean;
  /** The ticket's state, where that is what stands in the way. */
  readonly state?: string;
  /** The commands that this actor may give now. */
  readonly allowed?: readonly string[];
  /** The engineer who has the ticket already. */
  readonly handler?: string;
  /** Which fields of the request are wrong, by JSON pointer (RFC 6901). */
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
}

export type Decision<Event> =
  | { readonly accepted: true; readonly events: readonly Event[]; readonly role: Role }
  | { readonly accepted: false; readonly refusal: Refusal };

/** Accepts a command. No events: a harmless repeat, which succeeds and appends nothing. */
export const accept = <Event>(role: Role, ...events: Event[]): Decision<Event> => ({
  accepted: true,
  events,
  role,
});

export const refuse = (refusal: Refusal): { accepted: false; refusal: Refusal } => ({
  accepted: false,
  refusal,
});

/** Refuses for one field of the request. */
export const refuseField = (pointer: string, message: string) =>
  refuse({ code: 'invalid_request', detail: message, errors: [{ pointer, message }] });

export const forbid = (detail: string) =>
  refuse({ code: 'forbidden', detail, aboutTheActor: true });

/** The roles of `http-api.md`, and `system` for what the service does by itself. */
export type Role =
  | 'customer'
  | 'engineer'
  | 'lead'
  | 'admin'
  | 'auditor'
  | 'reporter'
  | 'privacy_officer'
  | 'system';

/** Somebody who gives a command: from the bearer token's `sub`, `tenant` and `roles`. */
export interface Actor {
  readonly id: string;
  /** The customer's organisation; null where the token names none. */
  readonly tenant: string | null;
  readonly roles: readonly Role[];
}

/** A moment: ISO 8601 in UTC with milliseconds, such as `2026-11-24T06:03:16.123Z`. */
export type Timestamp = string;

/** What every command carries beside its own fields. */
export interface Given {
  readonly by: Actor;
  readonly at: Timestamp;
}

/** A moment some minutes after another. */
export const minutesAfter = (at: Timestamp, minutes: number): Timestamp =>
  new Date(Date.parse(at) + minutes * 60_000).toISOString();

export const HOUR = 60;
export const DAY = 24 * HOUR;

/** Ends a switch: a case that was forgotten does not compile, a value from outside throws. */
export function never(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
