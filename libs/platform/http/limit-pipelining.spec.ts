import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { limitPipelining } from './limit-pipelining.js';

let server: Server;
let begun: number;
beforeEach(async () => {
  begun = 0;
  server = createServer((_request, response) => {
    begun += 1;
    setImmediate(() => response.end('answer'));
  });
  limitPipelining(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.close();
});

/** Sends requests at once, and returns what came until the connection closed. */
async function send(requests: number): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let received = '';
  socket.setEncoding('latin1').on('data', (text: string) => (received += text));
  socket.on('error', () => undefined);
  const get = 'GET / HTTP/1.1\r\nHost: x\r\n';
  socket.write(`${get}\r\n`.repeat(requests - 1) + `${get}Connection: close\r\n\r\n`);
  await once(socket, 'close');
  return received;
}

it('a client that sends some requests at once gets an answer to each', async () => {
  expect((await send(16)).match(/answer/g)).toHaveLength(16);
});

it('a client that sends hundreds at once is cut, and few of them begin', async () => {
  await send(300);
  expect(begun).toBe(16);
});

it('a client that waits for its answers may send any number', async () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (let n = 0; n < 40; n++) expect(await (await fetch(url)).text()).toBe('answer');
});
