import type { FastifyInstance } from 'fastify';
import { Problem } from '../problems/problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Stops counting the request, for answers that stay open, such as event streams. */
    releaseConcurrencySlot(): void;
  }
}

/** The maximum number of concurrent requests of one caller, so that it cannot starve others. */
const MAX_CONCURRENT_REQUESTS = 512;

/** Refuses requests above the limit of a caller with 429. A caller is identified by its token. */
export function limitConcurrency(fastify: FastifyInstance): void {
  const counts = new Map<string, number>();
  fastify.decorateRequest('releaseConcurrencySlot', () => undefined);
  fastify.addHook('onRequest', (request, reply, done) => {
    const caller = request.headers.authorization ?? request.ip;
    const count = (counts.get(caller) ?? 0) + 1;
    counts.set(caller, count);
    let counted = true;
    const release = () => {
      if (!counted) return;
      counted = false;
      const left = (counts.get(caller) ?? 1) - 1;
      if (left === 0) counts.delete(caller);
      else counts.set(caller, left);
    };
    request.releaseConcurrencySlot = release;
    reply.raw.on('close', release);
    if (count > MAX_CONCURRENT_REQUESTS) {
      done(
        new Problem('too_many_requests', `At most ${MAX_CONCURRENT_REQUESTS} requests at once.`),
      );
    } else {
      done();
    }
  });
}
