import { maxHeaderSize, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError } from 'fastify';
import { Problem } from '../problems/problem.js';
import { endLingering } from './unread-bodies.js';
import { privateHeaders } from './security-headers.js';

/** Node keeps the answer under way here. */
type ServerSocket = Socket & { readonly _httpMessage?: { readonly headersSent: boolean } | null };

/**
 * Answers invalid HTTP, or a request that takes too long, with a problem on the raw connection, and
 * closes it. Once an answer has begun, the connection is only cut.
 */
export function refuseConnection(error: ConnectionError, socket: ServerSocket): void {
  const hasBegun = socket._httpMessage?.headersSent === true;
  if (error.code === 'ECONNRESET' || !socket.writable || hasBegun) {
    socket.destroy();
    return;
  }
  const problem = problemOf(error.code);
  const body = JSON.stringify(problem.details());
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    ...Object.entries(privateHeaders).map((header) => header.join(': ')),
  ];
  endLingering(socket, `${head.join('\r\n')}\r\n\r\n${body}`);
}

function problemOf(code: string): Problem {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Problem(
        'request_timeout',
        'The request took too long. Send it again at once and whole.',
      );
    case 'HPE_HEADER_OVERFLOW':
      return new Problem(
        'headers_too_large',
        `The request line and headers have more than ${maxHeaderSize} bytes. Send less.`,
      );
    default:
      return new Problem('invalid_request', 'The request is not valid HTTP.');
  }
}
