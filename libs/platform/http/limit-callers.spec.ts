import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { readHttpLimits } from '../http-limits.js';
import { CallerLimits } from './limit-callers.js';

const MIB = 1024 * 1024;
const answer = 'x'.repeat(MIB - 1);

let app = fastify();
let made: string[];
let limits: CallerLimits;
beforeEach(async () => {
  made = [];
  limits = new CallerLimits(readHttpLimits((_name, _parse, otherwise) => otherwise));
  app = fastify({ forceCloseConnections: true });
  app.addHook('onRequest', (request, _reply, done) => {
    request.actor = { id: String(request.headers['id']), tenant: null, roles: ['customer'] };
    done();
  });
  limits.applyTo(app);
  app.get('/', (request) => {
    made.push(request.actor.id);
    return answer;
  });
  app.post('/', () => '');
  await app.listen({ port: 0, host: '127.0.0.1' });
});
afterEach(() => app.close());

/** A client that sends requests, one after the other, and reads no answer. */
function unread(id: string, requests: number): Socket {
  const client = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  client.on('error', () => undefined).pause();
  client.write(`GET / HTTP/1.1\r\nHost: x\r\nId: ${id}\r\n\r\n`.repeat(requests));
  return client;
}

const url = () => `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
const ask = async (id: string, method = 'GET'): Promise<number> => {
  const response = await fetch(url(), { method, headers: { id } });
  await response.text();
  return response.status;
};

it('makes no more answers for a caller who reads none, until the connections close', async () => {
  const clients = Array.from({ length: 50 }, () => unread('alice', 20));
  // The kernel takes some of each connection; after that, what is held does not change.
  const madeForAlice = () => made.filter((id) => id === 'alice').length;
  let before = -1;
  while (madeForAlice() !== before || limits.answers.bytes < 3 * MIB) {
    before = madeForAlice();
    for (let n = 0; n < 5; n++) expect(await ask('ben')).toBe(200);
  }
  expect(limits.answers.bytes).toBeLessThanOrEqual(4 * MIB);
  let isAnswered = false;
  const waiting = ask('alice').then((status) => {
    isAnswered = true;
    return status;
  });
  // Their commands go on, and so do others.
  expect(await ask('alice', 'POST')).toBe(200);
  expect(await ask('ben')).toBe(200);
  expect(isAnswered).toBe(false);
  const closed = clients.map((client) => once(client, 'close'));
  for (const client of clients) client.destroy();
  await Promise.all(closed);
  expect(await waiting).toBe(200);
  expect(limits.shares.busyParties).toBeLessThanOrEqual(1);
});
