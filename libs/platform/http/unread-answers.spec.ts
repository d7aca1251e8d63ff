import { connect, type AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { closeUnreadAnswers } from './unread-answers.js';

const MIB = Buffer.alloc(1_024 * 1_024, 'x');

let app = fastify();
afterEach(() => app.close());

/** A server, and its connection to a client that sends a request and reads nothing. */
async function unreadConnection(
  answer: () => unknown,
): Promise<{ readonly closed: Promise<void> }> {
  app = fastify();
  closeUnreadAnswers(app, 200);
  app.get('/', (_request, reply) => reply.send(answer()));
  const closed = new Promise<void>((resolve) => {
    app.server.on('connection', (socket) =>
      socket.once('close', () => {
        resolve();
      }),
    );
  });
  await app.listen({ port: 0 });
  const client = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  client.on('error', () => undefined).pause();
  client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  return { closed };
}

it.each<[string, () => unknown]>([
  ['a plain answer', () => Buffer.concat(Array.from({ length: 32 }, () => MIB))],
  ['a stream', () => Readable.from(Array.from({ length: 32 }, () => MIB))],
])('%s that is not read ends with its connection', async (_, answer) => {
  const { closed } = await unreadConnection(answer);
  await expect(closed).resolves.toBeUndefined();
});
