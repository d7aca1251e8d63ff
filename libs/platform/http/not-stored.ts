import type { FastifyInstance } from 'fastify';

/** Answers of the API are about tickets and people: no cache may keep them. */
export function forbidStoring(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.url.startsWith('/api/v1')) void reply.header('cache-control', 'no-store');
    done();
  });
}
