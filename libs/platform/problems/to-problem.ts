import { HttpException } from '@nestjs/common';
import { UnknownStoredEvent } from '#event-store/codec/decode.js';
import { StoreUnavailable } from '#event-store/event-store.js';
import { HistoryDamaged, LogDamaged } from '#event-store/history.js';
import { AppendsRefused } from '#event-store/log-loss.js';
import { ViewsHalted, ViewStoreUnavailable } from '#view-stores/view-store.js';
import { Problem, UNSUPPORTED_TYPE, type ProblemCode } from './problem.js';

const UNSUPPORTED: [ProblemCode, string] = ['unsupported_media_type', UNSUPPORTED_TYPE];

/** Error codes of Fastify for bodies, and of Node for streams, as problems. */
const knownCodes: { readonly [code: string]: [ProblemCode, string] } = {
  FST_ERR_CTP_BODY_TOO_LARGE: [
    'payload_too_large',
    'The body is larger than the limit of this path.',
  ],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: UNSUPPORTED,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'invalid_request',
    'The body does not match its Content-Length.',
  ],
  // A stream of answers whose client left. Nobody reads this.
  ERR_STREAM_PREMATURE_CLOSE: ['invalid_request', 'The connection ended before the answer.'],
};

/** Turns a thrown value into a problem. Returns null for an unexpected error. */
export function toProblem(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  if (waitsForOperator(error)) return new Problem('unavailable', error.message, {}, false);
  if (error instanceof StoreUnavailable) {
    return new Problem(
      'unavailable',
      'The event log cannot be written or read at the moment. A command without an answer may or may not be stored: retry it with the same Idempotency-Key.',
    );
  }
  if (error instanceof HistoryDamaged) return new Problem('history_damaged', error.message);
  if (error instanceof ViewStoreUnavailable) return new Problem('unavailable', error.message);
  const { code, statusCode } = (error ?? {}) as { code?: string; statusCode?: number };
  const known = code === undefined ? undefined : knownCodes[code];
  if (known !== undefined) return new Problem(...known);
  if (error instanceof HttpException) return fromStatus(error.getStatus(), error.message);
  return statusCode === undefined ? null : fromStatus(statusCode, (error as Error).message);
}

/** An operator has to act first, so a caller need not try again. */
const waitsForOperator = (error: unknown): error is Error =>
  error instanceof AppendsRefused ||
  error instanceof LogDamaged ||
  error instanceof ViewsHalted ||
  error instanceof UnknownStoredEvent;

function fromStatus(status: number, message: string): Problem | null {
  if (status === 404) return new Problem('not_found', `This path does not exist: ${message}.`);
  if (status === 415) return new Problem(...UNSUPPORTED);
  if (status === 413) return new Problem('payload_too_large', message);
  return status >= 400 && status < 500 ? new Problem('invalid_request', message) : null;
}
