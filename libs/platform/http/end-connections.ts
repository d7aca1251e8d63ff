import type { FastifyInstance } from 'fastify';

const SWEEP_INTERVAL_MS = 50;

/** How long running requests may take at shutdown; then their connections are closed. */
const SHUTDOWN_TIMEOUT_MS = 20_000;

/**
 * Lets the service stop as soon as running requests are answered. Without this, a keep-alive
 * connection would delay the shutdown until its idle timeout, and one whose request never
 * arrives completely would block it.
 */
export function endConnectionsAtStop(fastify: FastifyInstance): void {
  let stopping = false;
  fastify.addHook('preClose', (done) => {
    stopping = true;
    const { server } = fastify;
    const sweep = setInterval(() => {
      server.closeIdleConnections();
    }, SWEEP_INTERVAL_MS);
    const end = setTimeout(() => {
      server.closeAllConnections();
    }, SHUTDOWN_TIMEOUT_MS);
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
