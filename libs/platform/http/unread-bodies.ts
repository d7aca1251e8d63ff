import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/**
 * How long a connection is still read after an answer to a request whose body was not read. Closing
 * it at once resets it, and the client could lose the answer (RFC 9112, section 9.6).
 */
const LINGER_MS = 2_000;

/** Whether a request says that it has a body (RFC 9112, section 6). */
export const hasBody = ({ headers }: Pick<FastifyRequest, 'headers'>): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** Closes the connections of requests that are answered before their bodies have arrived. */
export function closeUnreadBodies(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (request, reply, payload, done) => {
    closeIfUnread(request, reply);
    done(null, payload);
  });
}

/** Call it before the answer is sent, where hooks do not run. */
export function closeIfUnread(request: FastifyRequest, reply: FastifyReply): void {
  const { raw } = request;
  if (raw.complete || !hasBody(request)) return;
  void reply.header('connection', 'close');
  // Node calls this at the end of the answer, and would reset the connection.
  raw.socket.destroySoon = () => {
    endLingering(raw.socket);
  };
}

/** Ends a connection, and reads and drops what the client still sends, for a limited time. */
export function endLingering(socket: Socket, last?: string): void {
  if (last === undefined) socket.end();
  else socket.end(last);
  const cut = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => {
    clearTimeout(cut);
  });
}
