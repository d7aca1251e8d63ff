import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API, Client } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import { EventStream } from '#test/support/event-stream.js';
import type { HttpAnswer } from '#test/support/http.js';
import { tokenFor } from '#test/support/people.js';
import { expectProblem } from '#test/support/problems.js';
import { postHead, RawConnection } from '#test/support/raw-connection.js';
import { creation } from '#test/support/tickets.js';
import { pause, until } from '#test/support/until.js';

const REQUESTS = 40;
const AT_ONCE = 5;

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open({
    CUSTOMER_REQUESTS_PER_MINUTE: String(REQUESTS),
    CUSTOMER_MIB_PER_MINUTE: '1',
    CUSTOMER_REQUESTS_AT_ONCE: String(AT_ONCE),
    CUSTOMER_STREAMS: '2',
    TENANT_STREAMS: '3',
    ADDRESS_REQUESTS_PER_MINUTE: '60',
    HTTP_BODIES_MIB: '1',
  });
});
afterAll(() => desk.close());

const tokenOf = (sub: string, tenant: string) =>
  tokenFor(desk.folder, { sub, tenant, roles: ['customer'] });
const customer = async (sub: string, tenant: string) =>
  new Client(desk.url, await tokenOf(sub, tenant));

const expectRefused = (answer: HttpAnswer, detail: RegExp) => {
  const problem = expectProblem(answer, 'too_many_requests');
  expect(problem.detail).toMatch(detail);
  expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1);
};

/** Requests whose bodies never end, so that they stay under way. */
async function hold(token: string, count: number, headers: Record<string, string | number> = {}) {
  const head = postHead(`${API}/tickets`, {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': 1_000,
    ...headers,
  });
  const held = Array.from({ length: count }, () => new RawConnection(desk.url));
  await Promise.all(held.map((connection) => connection.send(`${head}{`)));
  return held;
}

describe('requests of a minute', () => {
  it('are counted for each customer, whatever their header looks like', async () => {
    const token = await tokenOf('ann', 'one');
    for (let request = 0; request < REQUESTS; request++) {
      const authorization = `${request % 2 === 0 ? 'Bearer' : 'bEARER'}${' '.repeat(request + 1)}${token}`;
      const answer = await desk.asNobody().get('/todos', { authorization });
      expect(answer.status).toBe(200);
      expect(answer.headers['ratelimit-policy']).toBe(`"customer";q=${REQUESTS};w=60`);
      expect(answer.headers['ratelimit']).toMatch(
        new RegExp(`^"customer";r=${REQUESTS - request - 1};t=\\d+$`),
      );
    }
    expectRefused(await (await customer('ann', 'one')).get('/todos'), /40 requests a minute/);
    // Another token of the same person is the same caller; another person is not.
    const again = new Client(
      desk.url,
      await tokenFor(desk.folder, { sub: 'ann', tenant: 'one', roles: ['customer'] }, '1h'),
    );
    expectRefused(await again.get('/todos'), /40 requests a minute/);
    expect((await (await customer('ben', 'one')).get('/todos')).status).toBe(200);
    expect((await (await customer('ann', 'two')).get('/todos')).status).toBe(200);
    expect((await desk.as('bob').get('/todos')).headers['ratelimit-policy']).toMatch(/^"staff"/);
  });

  it('include the commands of a batch, each with an answer of its own', async () => {
    const client = await customer('cat', 'three');
    const lines = Array.from({ length: REQUESTS }, () => ({ command: 'create', ...creation() }));
    const { status, results } = await client.batch(lines);
    expect(status).toBe(200);
    expect(results.map(({ status: one }) => one)).toEqual([
      ...Array.from({ length: REQUESTS - 1 }, () => 201),
      429,
    ]);
  });

  it('are limited in their bytes', async () => {
    const client = await customer('dan', 'four');
    const description = 'x'.repeat(10_000);
    const body = JSON.stringify(creation({ description })).padEnd(60 * 1024);
    const headers = { 'content-type': 'application/json' };
    const send = () => client.send({ method: 'POST', path: `${API}/tickets`, headers, body });
    for (let sent = 0; sent < 17; sent++) expect((await send()).status).toBe(201);
    expectRefused(await send(), /1048576 bytes of bodies a minute/);
    expect((await client.get('/todos')).status).toBe(200);
  });
});

describe('requests at once', () => {
  it('are limited for each customer', async () => {
    const held = await hold(await tokenOf('eve', 'five'), AT_ONCE + 1);
    const refused = await until(
      'one more is refused',
      () => held.find(({ status }) => status === 429) ?? null,
    );
    expect(refused.received).toMatch(/5 requests at once/);
    const eve = await customer('eve', 'five');
    expectRefused(await eve.get('/todos'), /5 requests at once/);
    expect((await (await customer('fay', 'five')).get('/todos')).status).toBe(200);
    for (const connection of held) connection.cut();
    await until('there is room again', async () => {
      await pause(300);
      return (await eve.get('/todos')).status === 200 ? true : null;
    });
  });

  it('are free again after a connection with waiting requests was cut', async () => {
    const token = await tokenOf('jim', 'ten');
    const connection = new RawConnection(desk.url);
    const ask = (path: string) =>
      `GET ${API}${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`;
    await connection.send(ask('/events') + ask('/todos').repeat(AT_ONCE));
    const jim = await customer('jim', 'ten');
    await until('it is full', async () => {
      await pause(300);
      return (await jim.get('/todos')).status === 429 ? true : null;
    });
    connection.cut();
    await until('there is room again', async () => {
      await pause(300);
      return (await jim.get('/todos')).status === 200 ? true : null;
    });
  });

  it('are limited in their bytes for each caller, and for all of them', async () => {
    const large = { 'content-length': 60 * 1024 };
    const gil = await hold(await tokenOf('gil', 'six'), AT_ONCE, large);
    await until('the fifth is refused', () => gil.find(({ status }) => status === 429) ?? null);
    const tokens = [desk.tokens.bob, desk.tokens.carol, desk.tokens.dave, desk.tokens.lena];
    const others = (await Promise.all(tokens.map((token) => hold(token, 4, large)))).flat();
    const full = await until(
      'the last one finds no room',
      () => others.find(({ status }) => status === 503) ?? null,
    );
    expect(full.received).toMatch(/\r\nretry-after: \d+/i);
    // What has no body goes on.
    expect((await desk.as('audra').get('/tickets')).status).toBe(200);
    for (const connection of [...gil, ...others]) connection.cut();
  });
});

describe('streams', () => {
  it('are limited for each customer and each tenant', async () => {
    const streams = await Promise.all(
      [1, 2].map(async () => EventStream.open(await customer('hal', 'seven'))),
    );
    expectRefused(await (await customer('hal', 'seven')).get('/events'), /2 open streams/);
    streams.push(await EventStream.open(await customer('ida', 'seven')));
    expectRefused(await (await customer('ida', 'seven')).get('/events'), /3 open streams/);
    streams.push(await EventStream.open(await customer('hal', 'eight')));
    streams[0]?.cut();
    await until('there is room again', async () =>
      (await (await customer('ida', 'seven')).get('/events')).status === 200 ? true : null,
    );
    for (const stream of streams) stream.cut();
  });
});

describe('callers without a token', () => {
  it('are counted by their address, and others go on', async () => {
    let answer = await desk.asNobody().get('/todos');
    for (let request = 0; request < 60; request++) {
      const authorization = `Bearer${' '.repeat(request + 1)}a.b.c`;
      answer = await desk.asNobody().get('/todos', request % 2 === 0 ? {} : { authorization });
    }
    expectRefused(answer, /60 requests a minute for all callers without a token/);
    expect((await desk.as('carol').get('/todos')).status).toBe(200);
    for (const path of ['/health/live', '/health/ready', '/metrics']) {
      const { status, headers } = await desk.asNobody().send({ method: 'GET', path });
      expect({ path, status }).toEqual({ path, status: 200 });
      expect(headers['ratelimit']).toBeUndefined();
    }
  });
});

describe('words', () => {
  it('of long texts are limited for each customer, and short texts go on', async () => {
    const client = await customer('kim', 'nine');
    const words = (first: number) =>
      Array.from({ length: 5_000 }, (_, word) => String.fromCodePoint(first + word)).join(' ');
    const long = () => client.post('/tickets', creation({ description: words(0x4e00) }));
    for (let sent = 0; sent < 19; sent++) expect((await long()).status).toBe(201);
    const refused = await until('a flood is refused', async () => {
      const answer = await long();
      return answer.status === 429 ? answer : null;
    });
    expectRefused(refused, /different words a minute/);
    expect((await client.post('/tickets', creation())).status).toBe(201);
    const descriptions = [...Array.from({ length: 5 }, () => words(0x5e00)), 'Short.'];
    const { results } = await client.batch(
      descriptions.map((description) => ({ command: 'create', ...creation({ description }) })),
    );
    expect(results[4]?.status).toBe(429);
    expect(results[5]?.status).toBe(201);
  });
});
