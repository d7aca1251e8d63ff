import { takesIdempotencyKey, type Operation } from './operation.js';

const commandHeaders = {
  ETag: {
    required: true,
    description: 'The revision in quotes, to be sent as If-Match.',
    schema: { type: 'string', pattern: '^"[0-9]+"$' },
    example: '"5"',
  },
  'Idempotency-Replayed': {
    description: 'Sent if the answer is the first one of a repeated Idempotency-Key.',
    schema: { type: 'string', enum: ['true'] },
  },
};

const location = {
  required: true,
  description: 'The path of the created resource.',
  schema: { type: 'string', format: 'uri-reference' },
  example: '/api/v1/tickets/c8e5dffa-cce4-8b25-b492-b06b8c8b315d',
};

/** Documents the headers of successful answers to commands. */
export function addAnswerHeaders(operation: Operation): void {
  if (!takesIdempotencyKey(operation)) return;
  for (const [status, response] of Object.entries(operation.responses)) {
    if (!status.startsWith('2') || response === undefined) continue;
    const created = status === '201' ? { Location: location } : {};
    Object.assign(response, { headers: { ...commandHeaders, ...created } });
  }
}
