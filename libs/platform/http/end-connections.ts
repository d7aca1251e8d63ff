import type { FastifyInstance } from 'fastify';

const STEP_MILLISECONDS = 50;

/** How long what is under way may take when the service stops: a client that dawdles is cut off. */
const LONGEST_STOP_MILLISECONDS = 20_000;

/**
 * Lets the service stop as soon as what is under way is answered. Without this a connection that a
 * client keeps alive would hold it up until its idle time is over, and one on which a request never
 * arrives in full would hold it up for ever.
 */
export function endConnectionsAtStop(fastify: FastifyInstance): void {
  let stopping = false;
  fastify.addHook('preClose', (done) => {
    stopping = true;
    const { server } = fastify;
    const sweep = setInterval(() => {
      server.closeIdleConnections();
    }, STEP_MILLISECONDS);
    const end = setTimeout(() => {
      server.closeAllConnections();
    }, LONGEST_STOP_MILLISECONDS);
    server.once('close', () => {
      clearInterval(sweep);
      clearTimeout(end);
    });
    done();
  });
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (stopping) void reply.header('connection', 'close');
    done(null, payload);
  });
}
