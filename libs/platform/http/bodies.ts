import type { FastifyAdapter } from '@nestjs/platform-fastify';
import secureJson from 'secure-json-parse';
import { invalidField } from '../problems/problem.js';

/** A body, or one command of a batch, has at most 64 KiB; more is refused (413). */
export const BODY_LIMIT = 64 * 1024;

/** A whole batch: 1,000 commands of a good size each. */
const BATCH_LIMIT = 16 * 1024 * 1024;

/**
 * Parses JSON with no surprises in it: `__proto__` and `constructor.prototype` are refused.
 *
 * @throws Problem `invalid_request` for what is not JSON.
 */
export function parseJson(text: string): unknown {
  try {
    return secureJson.parse(text, { protoAction: 'error', constructorAction: 'error' });
  } catch (error) {
    throw invalidField('', `The body is not JSON: ${(error as Error).message}.`);
  }
}

/** Bodies are JSON, or nothing at all, or NDJSON, which is handed on as text. */
export function parseBodies(adapter: FastifyAdapter): void {
  const fastify = adapter.getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    (_request, body, done) => {
      try {
        done(null, body.length === 0 ? undefined : parseJson(body as string));
      } catch (error) {
        done(error as Error);
      }
    },
  );
  fastify.addContentTypeParser(
    ['application/x-ndjson', 'application/ndjson', 'application/jsonl'],
    { parseAs: 'string', bodyLimit: BATCH_LIMIT },
    (_request, body, done) => {
      done(null, body);
    },
  );
}
