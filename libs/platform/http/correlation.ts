import type { IncomingHttpHeaders } from 'node:http';

const CORRELATION_ID = /^[\w.:/+=-]{1,128}$/;

/** The caller's own name for what a request is part of, where it is one that can be kept. */
export function correlationIdOf(headers: IncomingHttpHeaders): string | undefined {
  const id = headers['x-correlation-id'];
  return typeof id === 'string' && CORRELATION_ID.test(id) ? id : undefined;
}
