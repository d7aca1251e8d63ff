import { isUtf8 } from 'node:buffer';
import { MIMEType } from 'node:util';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { errorCodes, type FastifyInstance, type FastifyRequest } from 'fastify';
import secureJson from 'secure-json-parse';
import { invalidField, Problem } from '../problems/problem.js';

/** The maximum size of a body, or of one command of a batch, in bytes; larger ones get 413. */
export const BODY_LIMIT = 64 * 1024;

/** The only route that takes NDJSON. Its bodies are read as they arrive, and never as a whole. */
export const BATCH_PATH = '/api/v1/commands';

/** The maximum size of a batch of 1,000 commands, in bytes. */
export const BATCH_LIMIT = 16 * 1024 * 1024;

/**
 * How much of a batch is read before its first command runs, in bytes. Most batches end within: one
 * that must be refused is then refused as a whole.
 */
export const BATCH_READ_AHEAD = 1024 * 1024;

/** The maximum size of the lines of a batch that run at once, in bytes. */
export const BATCH_AT_ONCE = 128 * 1024;

/** The memory that a batch under way needs, in bytes. */
export const BATCH_MEMORY = BATCH_READ_AHEAD + BATCH_AT_ONCE;

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

/** Accepts JSON bodies, empty bodies, and on one route NDJSON, which is passed on as a stream. */
export function parseBodies(adapter: FastifyAdapter): void {
  const fastify = adapter.getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      refuseCharset(request);
      const text = textOf(body as Buffer);
      request.share.spendWords(text);
      done(null, text.length === 0 ? undefined : parseJson(text));
    } catch (error) {
      done(error as Error);
    }
  });
  fastify.addContentTypeParser(
    ['application/x-ndjson', 'application/ndjson', 'application/jsonl'],
    (request, body, done) => {
      try {
        refuseBatch(request);
        done(null, body);
      } catch (error) {
        done(error as Error);
      }
    },
  );
}

/** Refuses what a query says in bytes that are not UTF-8; Fastify would take it for other text. */
export function refuseMalformedQueries(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { url = '' } = request.raw;
    const begin = url.indexOf('?');
    try {
      if (begin >= 0) decodeURIComponent(url.slice(begin));
      done();
    } catch {
      done(new Problem('invalid_request', 'The query is not percent-encoded UTF-8.'));
    }
  });
}

/** @throws Problem `invalid_request` for bytes that are not UTF-8: decoding would replace them. */
function textOf(body: Buffer): string {
  if (!isUtf8(body)) throw invalidField('', 'The body is not UTF-8. Send JSON in UTF-8.');
  return body.toString();
}

function refuseBatch(request: FastifyRequest): void {
  const { routeOptions, headers } = request;
  if (routeOptions.url !== BATCH_PATH) {
    throw new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(headers['content-type']);
  }
  refuseCharset(request);
  if (Number(headers['content-length'] ?? 0) > BATCH_LIMIT) {
    throw new Problem('payload_too_large', `A batch must have at most ${BATCH_LIMIT} bytes.`);
  }
}

/** @throws Problem `unsupported_media_type` for a charset that is not UTF-8 */
function refuseCharset({ headers }: FastifyRequest): void {
  const { 'content-type': type = '' } = headers;
  // Most callers name none: parsing would be work for each command.
  if (!type.includes(';')) return;
  const charset = new MIMEType(type).params.get('charset');
  if (charset === null || /^utf-?8$/i.test(charset)) return;
  throw new Problem('unsupported_media_type', `Send the body in UTF-8, and not in ${charset}.`);
}
