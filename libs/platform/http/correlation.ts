import type { IncomingHttpHeaders } from 'node:http';

const CORRELATION_ID = /^[\w.:/+=-]{1,128}$/;

/** The caller's `X-Correlation-Id`, if it is valid. */
export function correlationIdOf(headers: IncomingHttpHeaders): string | undefined {
  const id = headers['x-correlation-id'];
  return typeof id === 'string' && CORRELATION_ID.test(id) ? id : undefined;
}
