import type { FastifyAdapter } from '@nestjs/platform-fastify';
import secureJson from 'secure-json-parse';
import { invalidField } from '../problems/problem.js';

/** The maximum size of a body, or of one command of a batch, in bytes; larger ones get 413. */
export const BODY_LIMIT = 64 * 1024;

/** The maximum size of a batch of 1,000 commands, in bytes. */
const BATCH_LIMIT = 16 * 1024 * 1024;

/**
 * Parses JSON and refuses prototype pollution: `__proto__` and `constructor.prototype`.
 *
 * @throws Problem `invalid_request` for invalid JSON.
 */
export function parseJson(text: string): unknown {
  try {
    return secureJson.parse(text, { protoAction: 'error', constructorAction: 'error' });
  } catch (error) {
    throw invalidField('', `The body is not JSON: ${(error as Error).message}.`);
  }
}

/** Accepts JSON bodies, empty bodies, and NDJSON, which is passed on as text. */
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
