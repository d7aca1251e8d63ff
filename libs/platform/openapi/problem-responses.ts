import { problemStatuses, Problem, problemTitles, type ProblemCode } from '../problems/problem.js';

const MEDIA_TYPE = 'application/problem+json';

/** Responses of an operation by status, as references, and the components that they refer to. */
export interface ProblemResponses {
  readonly byStatus: Readonly<Record<string, { readonly $ref: string }>>;
  readonly components: Readonly<Record<string, object>>;
}

/** One response for each status of some problems. Its schema lists the codes that it may have. */
export function problemResponses(codes: Iterable<ProblemCode>): ProblemResponses {
  const codesOf = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const status = problemStatuses[code];
    codesOf.set(status, [...(codesOf.get(status) ?? []), code]);
  }
  const responses = [...codesOf].map(([status, some]) => {
    const sorted = [...new Set(some)].sort();
    return { status, name: sorted.join('-'), response: responseWith(status, sorted) };
  });
  return {
    byStatus: Object.fromEntries(
      responses.map(({ status, name }) => [status, { $ref: `#/components/responses/${name}` }]),
    ),
    components: Object.fromEntries(responses.map(({ name, response }) => [name, response])),
  };
}

const responseWith = (status: number, codes: readonly ProblemCode[]) => ({
  description: codes.map((code) => problemTitles[code]).join('; '),
  ...(headersOf[status] === undefined ? {} : { headers: headersOf[status] }),
  content: {
    [MEDIA_TYPE]: {
      schema: {
        allOf: [
          { $ref: '#/components/schemas/Problem' },
          {
            type: 'object',
            properties: { code: { enum: codes }, status: { const: status } },
          },
        ],
      },
      examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }])),
    },
  },
});

const exampleOf = (code: ProblemCode) =>
  new Problem(
    code,
    `${problemTitles[code]}.`,
    code === 'invalid_request' ? { errors: [{ pointer: '/reason', message: 'is required' }] } : {},
  ).details('/api/v1/tickets');

/** Documents the header of answers after which the caller may try again. */
const retryAfterHeader = (required: boolean, description: string) => ({
  'Retry-After': { required, description, schema: { type: 'integer', minimum: 1 }, example: 1 },
});

export const retryAfter = retryAfterHeader(true, 'Seconds to wait before the next attempt.');

/** These headers stand in every answer but those of health and metrics. */
const rateLimitHeader = (description: string, example: string) => ({
  required: true,
  description: `${description} (draft-ietf-httpapi-ratelimit-headers).`,
  schema: { type: 'string' },
  example,
});

const headersOf: Readonly<Record<number, object>> = {
  401: {
    'WWW-Authenticate': {
      required: true,
      description: 'The scheme of authentication.',
      schema: { type: 'string' },
      example: 'Bearer',
    },
  },
  429: {
    ...retryAfter,
    'RateLimit-Policy': rateLimitHeader('The limit of requests', '"customer";q=100000;w=60'),
    RateLimit: rateLimitHeader(
      'The requests that are left, and for how many seconds',
      '"customer";r=0;t=12',
    ),
  },
  503: retryAfterHeader(
    false,
    'Seconds to wait before the next attempt. Absent if an operator must act first.',
  ),
};

const text = (description: string) => ({ type: 'string', description });

/** Problem details (RFC 9457): the body of every error answer. */
export const problemSchema = {
  type: 'object',
  description: 'Problem details (RFC 9457).',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: {
      ...text('A URI for the kind of problem.'),
      format: 'uri',
      example: 'urn:service-tickets:problem:not_found',
    },
    title: text('The kind of problem, as text.'),
    status: { type: 'integer', description: 'The HTTP status.' },
    detail: text('What happened, why, and what to do next.'),
    instance: text('The path of the request.'),
    code: { ...text('The kind of problem for programs.'), enum: Object.keys(problemStatuses) },
    errors: {
      type: 'array',
      description: 'The members of the request that are invalid.',
      items: {
        type: 'object',
        required: ['pointer', 'message'],
        properties: {
          pointer: text('A JSON pointer into the request.'),
          message: text('Why the member is invalid.'),
        },
      },
    },
    state: text('The state of the ticket.'),
    allowed: {
      type: 'array',
      description: 'The commands that the caller may give now.',
      items: { type: 'string' },
    },
    handler: text('The engineer who handles the ticket.'),
    revision: { type: 'integer', description: 'The current revision.' },
  },
};
