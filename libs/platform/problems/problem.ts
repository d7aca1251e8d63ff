/** The codes of problem details and the HTTP status of each (`http-api.md`). */
export const problemStatuses = {
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
  too_many_requests: 429,
  headers_too_large: 431,
  history_damaged: 500,
  internal_error: 500,
  unavailable: 503,
} as const;

export type ProblemCode = keyof typeof problemStatuses;

/** Titles are short and the same for every occurrence (RFC 9457); `detail` explains. */
export const problemTitles: { readonly [Code in ProblemCode]: string } = {
  invalid_request: 'Invalid request',
  unauthenticated: 'Authentication required',
  forbidden: 'Forbidden',
  not_found: 'Not found',
  method_not_allowed: 'Method not allowed',
  request_timeout: 'Request timeout',
  illegal_transition: 'Invalid state transition',
  already_handled: 'Ticket already handled',
  ticket_closed: 'Ticket closed',
  ticket_full: 'Ticket full',
  revision_mismatch: 'Precondition failed',
  payload_too_large: 'Request body too large',
  unsupported_media_type: 'Unsupported media type',
  idempotency_key_reused: 'Idempotency key reused',
  unknown_service: 'Unknown service',
  inactive_service: 'Inactive service',
  unknown_engineer: 'Unknown or inactive engineer',
  agreement_required: 'Agreement required',
  sensitive_content: 'Sensitive content',
  too_many_requests: 'Too many requests',
  headers_too_large: 'Request headers too large',
  history_damaged: 'History damaged',
  internal_error: 'Internal error',
  unavailable: 'Service unavailable',
};

/** The detail of `unsupported_media_type`: what to send instead. */
export const UNSUPPORTED_TYPE =
  'Send the body as JSON, with Content-Type: application/json. A batch is one command in each line, with Content-Type: application/x-ndjson.';

/** Members that only some problems have. */
export interface ProblemExtras {
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
  readonly state?: string;
  readonly allowed?: readonly string[];
  readonly handler?: string;
  readonly revision?: number;
}

/** The body of an error answer (RFC 9457). */
export interface ProblemDetails extends ProblemExtras {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance?: string;
  readonly code: ProblemCode;
}

/** An error that a caller receives as problem details. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly extras: ProblemExtras = {},
    /** Whether the same request may succeed later without intervention. @default true */
    readonly mayPass = true,
    /** When it may succeed. @default 1 */
    readonly retryAfterSeconds = 1,
  ) {
    super(detail);
  }

  get status(): number {
    return problemStatuses[this.code];
  }

  details(instance?: string): ProblemDetails {
    return {
      type: `urn:service-tickets:problem:${this.code}`,
      title: problemTitles[this.code],
      status: this.status,
      detail: this.detail,
      ...(instance === undefined ? {} : { instance }),
      code: this.code,
      ...this.extras,
    };
  }
}

/** An invalid field, named by its JSON pointer. */
export const invalidField = (pointer: string, message: string): Problem =>
  new Problem('invalid_request', message, { errors: [{ pointer, message }] });
