import type { FastifyInstance } from 'fastify';

const STEP_MILLISECONDS = 50;

/**
 * Lets the service stop as soon as what is under way is answered. Without this a connection that a
 * client keeps alive would hold it up until its idle time is over.
 */
export function endConnectionsAtStop(fastify: FastifyInstance): void {
  let stopping = false;
  fastify.addHook('preClose', (done) => {
    stopping = true;
    const sweep = setInterval(() => {
      fastify.server.closeIdleConnections();
    }, STEP_MILLISECONDS);
    fastify.server.once('close', () => {
      clearInterval(sweep);
    });
    done();
  });
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (stopping) void reply.header('connection', 'close');
    done(null, payload);
  });
}
