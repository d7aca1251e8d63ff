/** The documented answers of the HTTP API. */

export const states = [
  'pending',
  'processing',
  'pending_feedback',
  'pending_reply',
  'pending_confirmation',
  'canceled',
  'closed',
] as const;
export type State = (typeof states)[number];

/** The answer to every accepted command. */
export interface Accepted {
  readonly revision: number;
  readonly position: string;
  readonly events: readonly string[];
}

export interface TicketAccepted extends Accepted {
  readonly ticketId: string;
  readonly reference: string;
  readonly state: State;
}

export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance?: string;
  readonly code: string;
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
  readonly state?: State;
  readonly allowed?: readonly string[];
  readonly handler?: string;
}

/** Each code of problem details with its status. */
export const statusOfCode: Readonly<Record<string, number>> = {
  invalid_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  illegal_transition: 409,
  already_handled: 409,
  ticket_closed: 409,
  ticket_full: 409,
  revision_mismatch: 412,
  payload_too_large: 413,
  unsupported_media_type: 415,
  idempotency_key_reused: 422,
  unknown_service: 422,
  inactive_service: 422,
  unknown_engineer: 422,
  agreement_required: 422,
  sensitive_content: 422,
  attachment_rejected: 422,
  too_many_requests: 429,
  headers_too_large: 431,
  history_damaged: 500,
  unavailable: 503,
};

/** One line of a batch's answer: a command's answer or its problem details. */
export type BatchResult = Partial<TicketAccepted> &
  Partial<Omit<ProblemDetails, 'state'>> & { readonly status: number; readonly replayed?: boolean };

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
  readonly position: string;
}

interface TicketFacts {
  readonly ticketId: string;
  readonly reference: string;
  readonly state: State;
  readonly revision: number;
  readonly service: { readonly id: string; readonly name: string };
  readonly issueType: string | null;
  readonly severity: string | null;
  readonly requester: { readonly id: string; readonly tenant: string | null };
  readonly owners: readonly string[];
  readonly handler: string | null;
  readonly closeReason: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly allowed: readonly string[];
}

export interface TicketItem extends TicketFacts {
  readonly excerpt?: string;
  readonly lastMessageAt: string | null;
  readonly waitingSince: string | null;
}

export interface Author {
  readonly id: string;
  readonly role: string;
}

/** Messages and notes, oldest first. */
export interface Entries {
  readonly messages: readonly {
    readonly author: Author;
    readonly message: string;
    readonly revision: number;
  }[];
  readonly notes?: readonly {
    readonly author: Author;
    readonly text: string;
    readonly revision: number;
  }[];
}

export interface EntryPage extends Entries {
  readonly nextCursor: string | null;
  readonly position: string;
}

export interface TicketPage extends TicketFacts, Entries {
  readonly description: string;
  readonly entriesCursor?: string;
  readonly attachments: readonly unknown[];
  readonly resolution: { readonly summary: string } | null;
  readonly evaluation: { readonly rating: number | null; readonly comment: string | null } | null;
  readonly authorizations: readonly unknown[];
  readonly contact: string;
}

export interface HistoryEvent {
  readonly revision: number;
  readonly position: string;
  readonly eventId: string;
  readonly type: string;
  readonly at: string;
  readonly actor: { readonly id: string; readonly role: string; readonly onBehalfOf?: unknown };
  readonly data: Readonly<Record<string, unknown>>;
  readonly correlationId: string;
  readonly causationId: string;
  readonly commandId: string;
  readonly hash: string;
}

export interface History {
  readonly ticketId: string;
  readonly events: readonly HistoryEvent[];
  readonly nextFrom?: number;
}

export interface OwnerItem {
  readonly engineerId: string;
  readonly displayName: string;
  readonly email: string;
  readonly active: boolean;
  readonly services: readonly string[];
  readonly counts: Readonly<Record<State, number>>;
}

export interface ServiceItem {
  readonly serviceId: string;
  readonly name: string;
  readonly issueTypes: readonly string[];
  readonly active: boolean;
  readonly owners?: readonly string[];
}
