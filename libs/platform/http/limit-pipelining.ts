import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Browsers, proxies and HTTP libraries wait for each answer; a client that does not sends few. */
const MOST_UNANSWERED = 16;

/**
 * Cuts a connection over which a client sends many requests without waiting for their answers. Node
 * reads 64 KiB at once and begins every request in them, some hundreds, in one turn of the event loop.
 * A client may repeat what was not answered (RFC 9112, section 9.3.2).
 */
export function limitPipelining(server: Server): void {
  const handlers = server.listeners('request') as RequestListener[];
  const unanswered = new WeakMap<Socket, number>();
  const add = (socket: Socket, count: number): number => {
    const after = (unanswered.get(socket) ?? 0) + count;
    unanswered.set(socket, after);
    return after;
  };
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    // The rest of what was read together with the request for which it was cut.
    if (socket.destroyed) return;
    if (add(socket, 1) > MOST_UNANSWERED) {
      socket.destroy();
      return;
    }
    response.once('close', () => add(socket, -1));
    for (const handle of handlers) handle(request, response);
  });
}
