/** The codes of problem details and the HTTP status of each (`http-api.md`). */
export const problemStatuses = {
  invalid_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  illegal_transition: 409,
  already_handled: 409,
  ticket_closed: 409,
  revision_mismatch: 412,
  payload_too_large: 413,
  idempotency_key_reused: 422,
  unknown_service: 422,
  inactive_service: 422,
  unknown_engineer: 422,
  agreement_required: 422,
  sensitive_content: 422,
  too_many_requests: 429,
  internal_error: 500,
  unavailable: 503,
} as const;

export type ProblemCode = keyof typeof problemStatuses;

const titles: { readonly [Code in ProblemCode]: string } = {
  invalid_request: 'The request is not valid',
  unauthenticated: 'Who asks is not known',
  forbidden: 'This actor may not do this',
  not_found: 'There is no such thing, or this actor may not see it',
  illegal_transition: 'The ticket is in a state that does not allow this',
  already_handled: 'An engineer has taken this ticket already',
  ticket_closed: 'The ticket has come to its end',
  revision_mismatch: 'The ticket has moved on',
  payload_too_large: 'The body is too large',
  idempotency_key_reused: 'The idempotency key belongs to another request',
  unknown_service: 'There is no such service',
  inactive_service: 'The service takes no new tickets',
  unknown_engineer: 'There is no such active engineer',
  agreement_required: 'The customer agreement must be accepted',
  sensitive_content: 'The text seems to hold a secret',
  too_many_requests: 'Too many requests at once',
  internal_error: 'Something went wrong in the service',
  unavailable: 'The service cannot do this at the moment',
};

/** What a problem may carry beside the members that all have. */
export interface ProblemExtras {
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
  readonly state?: string;
  readonly allowed?: readonly string[];
  readonly handler?: string;
  readonly revision?: number;
}

/** The body of an answer that is not a success (RFC 9457). */
export interface ProblemDetails extends ProblemExtras {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance?: string;
  readonly code: ProblemCode;
}

/** A refusal on its way to a caller. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly extras: ProblemExtras = {},
  ) {
    super(detail);
  }

  get status(): number {
    return problemStatuses[this.code];
  }

  details(instance?: string): ProblemDetails {
    return {
      type: `urn:service-tickets:problem:${this.code}`,
      title: titles[this.code],
      status: this.status,
      detail: this.detail,
      ...(instance === undefined ? {} : { instance }),
      code: this.code,
      ...this.extras,
    };
  }
}

/** A problem with one field, by JSON pointer. */
export const invalidField = (pointer: string, message: string): Problem =>
  new Problem('invalid_request', message, { errors: [{ pointer, message }] });
