import type { FastifyInstance } from 'fastify';

/** More than the interval of the heartbeats of event streams. */
const UNREAD_TIMEOUT_MS = 30_000;

/**
 * Closes the connection of a client that does not read its answer: nothing of it could be sent for a
 * time. Node begins the time again whenever a part of the answer is sent.
 */
export function closeUnreadAnswers(fastify: FastifyInstance, timeoutMs = UNREAD_TIMEOUT_MS): void {
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    reply.raw.setTimeout(timeoutMs);
    done(null, payload);
  });
}
