import type { Socket } from 'node:net';
import type { ConnectionError } from 'fastify';
import { Problem } from '../problems/problem.js';

/** Answers invalid HTTP with a problem on the raw connection, and closes it. */
export function refuseConnection(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = new Problem('invalid_request', 'The request is not valid HTTP.');
  const body = JSON.stringify(problem.details());
  const head = [
    'HTTP/1.1 400 Bad Request',
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
