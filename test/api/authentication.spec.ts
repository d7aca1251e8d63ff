import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { badTokens } from '#test/support/bad-tokens.js';
import { Client } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import { names, tokenFor } from '#test/support/people.js';
import { expectProblem } from '#test/support/problems.js';
import { creation, raise } from '#test/support/tickets.js';
import { until } from '#test/support/until.js';

let desk: Desk;
let tokens: Readonly<Record<string, string>>;
beforeAll(async () => {
  desk = await Desk.open();
  tokens = await badTokens(desk.folder);
});
afterAll(() => desk.close());

const with401 = async (client: Client, headers: Record<string, string> = {}) => {
  const answers = [
    await client.get('/tickets', headers),
    await client.post('/tickets', creation(), headers),
    await client.put('/services/vpn', { name: 'X' }, headers),
    await client.batch([{ command: 'create', ...creation() }], headers),
    await client.get('/tickets/00000000-0000-7000-8000-000000000000/history', headers),
  ];
  return answers.map((answer) => {
    const problem = expectProblem(answer, 'unauthenticated');
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer\b/);
    return problem.detail;
  });
};

describe('without a token', () => {
  it('only health and documentation are public', async () => {
    await with401(desk.asNobody());
    for (const path of ['/health/live', '/health/ready', '/api/docs', '/api/openapi.json']) {
      const { status } = await desk.asNobody().send({ method: 'GET', path });
      expect({ path, status }).toEqual({ path, status: 200 });
    }
  });

  it('the existence of tickets and routes, and the validity of bodies, is hidden', async () => {
    const { ticketId } = await raise(desk);
    for (const id of [ticketId, 'none']) {
      expectProblem(await desk.asNobody().get(`/tickets/${id}`), 'unauthenticated');
      expectProblem(
        await desk.asNobody().command(id, 'handle', { colour: 'red' }),
        'unauthenticated',
      );
    }
  });
});

describe('a token', () => {
  it('that is invalid is refused, on every kind of route', async () => {
    expect(Object.keys(tokens).length).toBeGreaterThan(20);
    for (const [what, token] of Object.entries(tokens)) {
      const details = await with401(new Client(desk.url, token)).catch((error: unknown) => {
        throw new Error(`A token ${what} was taken: ${(error as Error).message}`);
      });
      for (const detail of details) expect(detail).not.toMatch(/jose|JW[STK]|at .*\.js/);
    }
  });

  it.each(['Basic YWxpY2U6YWxpY2U=', 'Bearer', 'Token abc', 'Bearer a b', 'bearer:abc', ','])(
    'in a malformed Authorization header is refused: %s',
    async (authorization) => {
      await with401(desk.asNobody(), { authorization });
    },
  );

  it('in the URL or in a cookie is ignored', async () => {
    const token = desk.tokens.lena;
    expectProblem(await desk.asNobody().get(`/tickets?access_token=${token}`), 'unauthenticated');
    const cookie = { cookie: `token=${token}; authorization=Bearer ${token}` };
    expectProblem(await desk.asNobody().get('/tickets', cookie), 'unauthenticated');
  });

  it('is refused once it has expired, although it was accepted before', async () => {
    const person = { sub: 'lena', roles: ['lead'] };
    const token = await tokenFor(desk.folder, person, '4s');
    const client = new Client(desk.url, token);
    expect((await client.get('/tickets?limit=1')).status).toBe(200);
    const refused = await until('it is refused', async () => {
      const { status } = await client.get('/tickets?limit=1');
      return status === 200 ? null : status;
    });
    expect(refused).toBe(401);
  });

  it('stays valid after a restart, since the key is stored', async () => {
    await desk.restart();
    expect((await desk.as('lena').get('/tickets')).status).toBe(200);
  });

  it('is signed with a key that only its owner may read', () => {
    const { mode } = statSync(join(desk.folder, 'signing-key.json'));
    expect((mode & 0o777).toString(8)).toBe('600');
  });
});

describe('roles', () => {
  it('that are unknown give no rights', async () => {
    for (const roles of [['root'], ['Lead'], ['system'], [{ $ne: null }], [['lead']], [null]]) {
      const person = { sub: 'lena', roles: roles as string[] };
      const client = new Client(desk.url, await tokenFor(desk.folder, person));
      expectProblem(await client.get('/tickets'), 'forbidden');
    }
  });

  it('that are not a list give no rights', async () => {
    const person = { sub: 'lena', roles: 'lead' as unknown as string[] };
    const client = new Client(desk.url, await tokenFor(desk.folder, person));
    expectProblem(await client.get('/tickets'), 'forbidden');
  });

  it('add up, such as customer and engineer', async () => {
    const person = { sub: 'bob', tenant: 'acme', roles: ['customer', 'engineer'] };
    const client = new Client(desk.url, await tokenFor(desk.folder, person));
    const { status, body } = await client.post('/tickets', creation());
    expect(status).toBe(201);
    expect((await client.command(body.ticketId, 'handle')).status).toBe(200);
    expect((await client.command(body.ticketId, 'messages', { message: 'x' })).status).toBe(200);
    const resolved = await client.command(body.ticketId, 'resolve', { summary: 'x' });
    expect(resolved.status).toBe(200);
    expect((await client.command(body.ticketId, 'confirm')).status).toBe(200);
  });

  const rights: readonly [path: string, ...readers: string[]][] = [
    ['/tickets', 'alice', 'mallory', 'otherAlice', 'bob', 'carol', 'dave', 'lena', 'audra', 'rita'],
    ['/todos', 'alice', 'mallory', 'otherAlice', 'bob', 'carol', 'dave', 'lena'],
    ['/owners', 'bob', 'carol', 'dave', 'lena', 'anna', 'audra', 'rita'],
    ['/owners/bob', 'bob', 'carol', 'dave', 'lena', 'anna', 'audra', 'rita'],
  ];
  it.each(rights)('%s is only for its roles', async (path, ...readers) => {
    for (const by of names) {
      const { status } = await desk.as(by).get(path);
      expect({ by, status }).toEqual({ by, status: readers.includes(by) ? 200 : 403 });
    }
  });
});
