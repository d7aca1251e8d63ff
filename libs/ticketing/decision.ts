/**
 * The result of a decider: the events of a command, or a refusal.
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
  | 'ticket_full'
  | 'unknown_service'
  | 'inactive_service'
  | 'unknown_engineer'
  | 'agreement_required'
  | 'sensitive_content';

export interface Refusal {
  readonly code: RefusalCode;
  /** What happened, why, and what to do next, in a sentence or two. */
  readonly detail: string;
  /** True if the refusal depends on the actor: it then precedes all other checks, also of the revision. */
  readonly aboutTheActor?: boolean;
  /** The ticket's state, if that prevents the command. */
  readonly state?: string;
  /** The commands that this actor may give now. */
  readonly allowed?: readonly string[];
  /** The engineer who has taken the ticket. */
  readonly handler?: string;
  /** The invalid fields of the request, by JSON pointer (RFC 6901). */
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
}

export type Decision<Event> =
  | { readonly accepted: true; readonly events: readonly Event[]; readonly role: Role }
  | { readonly accepted: false; readonly refusal: Refusal };

/** Accepts a command. Without events it is a harmless repeat, which appends nothing. */
export const accept = <Event>(role: Role, ...events: Event[]): Decision<Event> => ({
  accepted: true,
  events,
  role,
});

export const refuse = (refusal: Refusal): { accepted: false; refusal: Refusal } => ({
  accepted: false,
  refusal,
});

/** Refuses a command because of one field of the request. */
export const refuseField = (pointer: string, message: string) =>
  refuse({ code: 'invalid_request', detail: message, errors: [{ pointer, message }] });

export const forbid = (detail: string) =>
  refuse({ code: 'forbidden', detail, aboutTheActor: true });

/** The roles of `http-api.md`, which a token may name. */
export const roles = [
  'customer',
  'engineer',
  'lead',
  'admin',
  'auditor',
  'reporter',
  'privacy_officer',
] as const;

/** Those, and `system` for the service itself. */
export type Role = (typeof roles)[number] | 'system';

/** The sender of a command, from the token's `sub`, `tenant` and `roles`. */
export interface Actor {
  readonly id: string;
  /** The customer's organisation; null if the token has none. */
  readonly tenant: string | null;
  readonly roles: readonly Role[];
  /** What people call them, from the token; absent if it does not say. */
  readonly name?: string;
  /** What keeps them from acting as an engineer, looked up for a command; absent if nothing does. */
  readonly notEngineer?: 'none' | 'inactive';
}

/** ISO 8601 in UTC with milliseconds, such as `2026-11-24T06:03:16.123Z`. */
export type Timestamp = string;

/** The fields that all commands have. */
export interface Given {
  readonly by: Actor;
  readonly at: Timestamp;
}

export const minutesAfter = (at: Timestamp, minutes: number): Timestamp =>
  new Date(Date.parse(at) + minutes * 60_000).toISOString();

export const HOUR = 60;
export const DAY = 24 * HOUR;

/** Ends an exhaustive switch: a missing case does not compile, an unknown value throws. */
export function never(value: never): never {
  // Stored values are not repeated in messages.
  throw new Error(`Unexpected value of type ${typeof value}.`);
}
