import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { spansIn } from '../support/otlp.js';
import { serve } from './serve.js';

/** Receives traces like a collector (OTLP over HTTP, protobuf), and reports their number at `/spans`. */
await serve(async () => {
  let spans = 0;
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      response.end(String(spans));
      return;
    }
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      spans += spansIn(Buffer.concat(parts));
      response.setHeader('content-type', 'application/x-protobuf').end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
});
