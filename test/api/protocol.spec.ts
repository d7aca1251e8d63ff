import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import { expectProblem, problemOf } from '#test/support/problems.js';
import { RawConnection } from '#test/support/raw-connection.js';
import { sendRaw, statusOfRaw } from '#test/support/raw.js';
import { raise } from '#test/support/tickets.js';
import { until } from '#test/support/until.js';

let desk: Desk;
let ticketId: string;
beforeAll(async () => {
  desk = await Desk.open();
  ({ ticketId } = await raise(desk));
});
afterAll(() => desk.close());

const ask = (method: string, path: string, headers: Record<string, string> = {}) =>
  desk.as('lena').send({ method, path, headers });

describe('a missing resource', () => {
  it.each([
    '/',
    '/api',
    '/api/v1',
    '/api/v2/tickets',
    '/api/v1/Tickets',
    '/api/v1/tickets/',
    '/api/v1//tickets',
    '//api/v1/tickets',
    '/api/v1/tickets/%2e%2e/services',
    '/api/v1/%74ickets%00',
    '/api/v1/tickets;x=1',
    '/.env',
    '/package.json',
    '/api/docs/..%2f..%2f..%2fpackage.json',
    '/api/docs/%2fetc%2fpasswd',
    '/health',
    '/metrics/none',
  ])('is reported as problem details: GET %s', async (path) => {
    const problem = expectProblem(await ask('GET', path), 'not_found');
    expect(problem.instance).toBe(path);
  });

  it.each(['/api/v1/%', '/api/v1/tickets/%zz', '/api/v1/tickets/%ED%A0%80', '/%'])(
    'is a bad request if the path is malformed: GET %s',
    async (path) => {
      expectProblem(await ask('GET', path), 'invalid_request');
    },
  );

  it.each(['/api/docs/../../package.json', '/api/docs/%2e%2e/%2e%2e/package.json'])(
    'is refused if the path leaves its folder: GET %s',
    async (path) => {
      const answer = await ask('GET', path);
      expect([400, 404]).toContain(answer.status);
      problemOf(answer);
    },
  );

  it('is reported also for very long ids', async () => {
    for (const length of [257, 2_000, 8_000]) {
      const answer = await ask('GET', `${API}/tickets/${'a'.repeat(length)}`);
      expect([400, 404]).toContain(answer.status);
      problemOf(answer);
    }
  });
});

describe('an unsupported method', () => {
  const routes = ['/tickets', `/tickets/TICKET`, '/todos', '/services/vpn', '/commands'];
  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'SEARCH', 'LOCK'])(
    '%s is refused with problem details',
    async (method) => {
      for (const route of routes) {
        if (method === 'PUT' && route === '/services/vpn') continue;
        const answer = await ask(method, API + route.replace('TICKET', ticketId));
        const problem = expectProblem(answer, 'method_not_allowed');
        expect(problem.detail).toContain(answer.headers.allow);
      }
    },
  );

  it.each([
    ['POST', '/api/v1/todos', 'GET, HEAD'],
    ['POST', '/api/v1/owners/bob', 'GET, HEAD'],
    ['PUT', '/api/v1/tickets', 'GET, HEAD, POST'],
    ['DELETE', '/api/v1/services/vpn?x=1', 'GET, HEAD, PUT'],
    ['GET', '/api/v1/commands', 'POST'],
    ['GET', '/api/v1/tickets/none/handle', 'POST'],
    ['GET', '/api/v1/services/vpn/owners', 'PUT'],
    ['PATCH', '/api/v1/%74ickets', 'GET, HEAD, POST'],
    ['POST', '/health/live', 'GET, HEAD'],
    ['DELETE', '/metrics', 'GET, HEAD'],
    ['PUT', '/api/openapi.json', 'GET, HEAD'],
    ['DELETE', '/api/docs', 'GET, HEAD'],
  ])('is refused with those that the path takes: %s %s', async (method, path, allow) => {
    const answer = await ask(method, path);
    expectProblem(answer, 'method_not_allowed');
    expect(answer.headers.allow).toBe(allow);
  });

  it('but HEAD is answered like GET, without a body', async () => {
    for (const path of ['/tickets', `/tickets/${ticketId}`, '/services', '/owners/bob', '/todos']) {
      const get = await ask('GET', API + path);
      const head = await ask('HEAD', API + path);
      expect(head).toMatchObject({ status: get.status, text: '' });
      expect(head.headers['content-type']).toBe(get.headers['content-type']);
    }
    expect((await ask('HEAD', `${API}/tickets/none`)).status).toBe(404);
    const unknown = await desk.asNobody().send({ method: 'HEAD', path: `${API}/tickets` });
    expect(unknown).toMatchObject({ status: 401, text: '' });
  });
});

describe('invalid HTTP', () => {
  it.each([
    ['not HTTP', 'HELLO\r\n\r\n'],
    ['an unknown method', 'BREW /api/v1/tickets HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
    ['a NUL in a header', 'GET /health/live HTTP/1.1\r\nHost: x\r\nX: a\u0000b\r\n\r\n'],
    [
      'two lengths',
      'POST /api/v1/tickets HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
    ],
    [
      'a length and chunks',
      'POST /api/v1/tickets HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
  ])('is refused with a problem: %s', async (_, bytes) => {
    const answer = await sendRaw(desk.url, bytes);
    const status = statusOfRaw(answer);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(answer).toMatch(/\r\ncontent-type: application\/problem\+json/i);
    expect(answer).toContain('"code":"invalid_request"');
    expect(answer).toMatch(/\r\ncontent-security-policy: default-src 'none'/i);
    expect(answer).toMatch(/\r\nx-content-type-options: nosniff/i);
  });

  it.each([
    ['headers', `GET /health/live HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`],
    ['path', `GET /${'x'.repeat(70_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
  ])('is refused with 431 if it has an endless %s', async (_, bytes) => {
    const answer = await sendRaw(desk.url, bytes);
    expect(statusOfRaw(answer)).toBe(431);
    expect(answer).toContain('"code":"headers_too_large"');
  });

  it.each([
    [16, 16],
    [300, 0],
  ])('%i at once on a connection: answers to %i', async (sent, answers) => {
    const connection = new RawConnection(desk.url);
    const get = 'GET /health/live HTTP/1.1\r\nHost: x\r\n';
    await connection.send(`${get}\r\n`.repeat(sent - 1) + `${get}Connection: close\r\n\r\n`);
    await until('it is closed', () => (connection.isOpen ? null : true));
    const received = connection.received.match(/HTTP\/1.1 200/g)?.length ?? 0;
    expect(received).toBeGreaterThanOrEqual(answers);
    expect(received).toBeLessThanOrEqual(16);
  });

  it('is refused without a Host', async () => {
    const answer = await sendRaw(
      desk.url,
      'GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n',
    );
    expect(statusOfRaw(answer)).toBe(400);
  });

  it('has no effect if the connection ends within a body', async () => {
    const body = JSON.stringify({ text: 'half' });
    const head = [
      `POST ${API}/tickets/${ticketId}/notes HTTP/1.1`,
      'Host: x',
      `Authorization: Bearer ${desk.tokens.lena}`,
      'Content-Type: application/json',
      `Content-Length: ${body.length + 10}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n');
    await sendRaw(desk.url, head, true);
    const { body: page } = await desk.as('lena').get<{ notes: unknown[] }>(`/tickets/${ticketId}`);
    expect(page.notes).toEqual([]);
  });
});

describe('health', () => {
  it('is live and ready, with its parts', async () => {
    const nobody = desk.asNobody();
    const live = await nobody.json<object>({ method: 'GET', path: '/health/live' });
    expect(live).toMatchObject({ status: 200, body: { status: 'ok' } });
    const ready = await nobody.json<object>({ method: 'GET', path: '/health/ready' });
    expect(ready).toMatchObject({ status: 200, body: { status: 'ok' } });
  });
});

describe('problem details', () => {
  it('never contain files, queries or stacks', async () => {
    const answers = [
      await ask('GET', `${API}/tickets/${"'".repeat(20)}`),
      await ask('GET', `${API}/tickets?cursor=abc`),
      await ask('GET', `${API}/owners/%00`),
      await ask('POST', `${API}/tickets`, { 'content-type': 'application/json' }),
      await ask('GET', '/api/docs/none.js'),
    ];
    for (const answer of answers) {
      const { detail, instance } = problemOf(answer);
      expect(detail).not.toMatch(/SELECT|sqlite|node_modules|\/libs\/|\.js:\d|ENOENT/i);
      expect(instance).toMatch(/^\/api\//);
    }
  });

  it('have the path without its query', async () => {
    const problem = problemOf(await ask('GET', `${API}/tickets?limit=-1&q=secret`));
    expect(problem.instance).toBe(`${API}/tickets`);
  });
});
