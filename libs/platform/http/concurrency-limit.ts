import type { FastifyInstance } from 'fastify';
import { Problem } from '../problems/problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Counts the request no more: for an answer that stays open for as long as it is read. */
    noLongerUnderWay(): void;
  }
}

/** One caller has at most so many requests under way: one that runs wild does not starve others. */
const MOST_UNDER_WAY = 512;

/** Counts each caller's requests, and turns away what is too much (429). A caller is a token. */
export function limitConcurrency(fastify: FastifyInstance): void {
  const counts = new Map<string, number>();
  fastify.decorateRequest('noLongerUnderWay', () => undefined);
  fastify.addHook('onRequest', (request, reply, done) => {
    const caller = request.headers.authorization ?? request.ip;
    const count = (counts.get(caller) ?? 0) + 1;
    counts.set(caller, count);
    let counted = true;
    const leave = () => {
      if (!counted) return;
      counted = false;
      const left = (counts.get(caller) ?? 1) - 1;
      if (left === 0) counts.delete(caller);
      else counts.set(caller, left);
    };
    request.noLongerUnderWay = leave;
    reply.raw.on('close', leave);
    if (count > MOST_UNDER_WAY) {
      done(new Problem('too_many_requests', `At most ${MOST_UNDER_WAY} requests at once.`));
    } else {
      done();
    }
  });
}
