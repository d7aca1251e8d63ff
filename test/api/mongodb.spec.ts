import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page, ProblemDetails, TicketAccepted, TicketItem } from '#test/support/answers.js';
import { Client } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import { httpStatus } from '#test/support/http.js';
import { MongodbServer } from '#test/support/mongodb-server.js';
import { ServiceProcess } from '#test/support/service-process.js';
import { creation, raise } from '#test/support/tickets.js';
import { pause, until } from '#test/support/until.js';

/** A projection whose store was unreachable for long retries after half a minute. */
const RECOVERY_TIMEOUT_MS = 60_000;

let server: MongodbServer;
let desk: Desk;
beforeAll(async () => {
  server = await MongodbServer.start('replica set', 'outlives kill -9');
  desk = await Desk.open({ MONGODB_URL: server.url('tickets') });
});
afterAll(async () => {
  await desk.close();
  await server.remove();
});

/** Each test begins with a running server and service. */
afterEach(async () => {
  await server.startAgain();
  await until(
    'the service is ready again',
    async () => ((await ready()) === 200 ? true : null),
    RECOVERY_TIMEOUT_MS,
  );
}, 2 * RECOVERY_TIMEOUT_MS);

const ready = () => httpStatus(`${desk.url}/health/ready`);

/** One page of alice's tickets; 503 is retried by its Retry-After. */
const page = (query: string) =>
  until(
    'the list is answered',
    async () => {
      const { status, body, text } = await desk.as('alice').get<Page<TicketItem>>(query);
      if (status !== 200 && status !== 503) throw new Error(`It was not answered: ${text}`);
      return status === 200 ? body : null;
    },
    RECOVERY_TIMEOUT_MS,
  );

/** The ids of all of alice's tickets, page by page, at a position or later. */
async function listed(minPosition: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor = '';
  do {
    const { items, nextCursor } = await page(
      `/tickets?limit=50&minPosition=${minPosition}${cursor}`,
    );
    ids.push(...items.map(({ ticketId }) => ticketId));
    cursor = nextCursor === null ? '' : `&cursor=${nextCursor}`;
  } while (cursor !== '');
  return ids;
}

/** Creates tickets one after the other up to a number; each must be accepted. */
async function raiseMany(count: number): Promise<TicketAccepted[]> {
  const accepted: TicketAccepted[] = [];
  while (accepted.length < count) accepted.push(await raise(desk));
  return accepted;
}

const idsOf = (accepted: readonly TicketAccepted[]): string[] =>
  accepted.map(({ ticketId }) => ticketId);

describe('read models in MongoDB', () => {
  it('answer every query, and leave no file in the data folder', async () => {
    const { ticketId, position } = await raise(desk, { description: 'A „word" like żółw. 🎫' });
    const queries = [
      `/tickets?q=${encodeURIComponent('żółw')}&sort=createdAt`,
      '/tickets?owner=carol&state=pending',
      `/tickets/${ticketId}`,
      `/tickets/${ticketId}/history`,
      '/services',
      '/services/mail',
      '/owners',
      '/owners/bob',
      '/todos',
    ];
    for (const query of queries) {
      const with_ = `${query}${query.includes('?') ? '&' : '?'}minPosition=${position}`;
      const { status, text } = await desk.as('bob').get(with_);
      expect({ query, status, text }).toMatchObject({ status: 200 });
      if (query.startsWith('/tickets')) expect(text).toContain(ticketId);
    }
    expect(existsSync(join(desk.folder, 'events.db'))).toBe(true);
    expect(existsSync(join(desk.folder, 'read-models.db'))).toBe(false);
  });

  it('that are killed under load do not affect commands; queries report it, and are correct afterwards', async () => {
    const load = Promise.all([raiseMany(200), raiseMany(200)]);
    load.catch(() => undefined);
    await pause(200);
    await server.kill();
    const queries = ['/tickets', '/services', '/owners', '/todos', '/tickets?minPosition=1'];
    const asked = performance.now();
    const answers = await Promise.all(
      queries.map((query) => desk.as('bob').get<ProblemDetails>(query)),
    );
    expect(performance.now() - asked).toBeLessThan(20_000);
    for (const { status, headers, body } of answers) {
      expect(status).toBe(503);
      expect(headers['retry-after']).toMatch(/^\d+$/);
      expect(headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(body).toMatchObject({ code: 'unavailable', status: 503 });
      expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|ECONN|mongo/i);
    }
    expect(await ready()).toBe(503);
    expect(await httpStatus(`${desk.url}/health/live`)).toBe(200);
    const all = [...(await load).flat(), ...(await raiseMany(2))];

    await server.startAgain();
    await until(
      'the service is ready again',
      async () => ((await ready()) === 200 ? true : null),
      RECOVERY_TIMEOUT_MS,
    );
    const { position } = await raise(desk);
    const shown = await listed(position);
    expect(shown).toEqual(expect.arrayContaining(idsOf(all)));
    expect(new Set(shown).size).toBe(shown.length);
  });

  it('resume after the service was killed during its work', async () => {
    const accepted: TicketAccepted[] = [];
    for (let round = 0; round < 3; round++) {
      const load = Array.from({ length: 40 }, () =>
        desk
          .as('alice')
          .post('/tickets', creation())
          .then(
            ({ status, body }) => {
              if (status === 201) accepted.push(body);
            },
            () => undefined,
          ),
      );
      await pause(100 + round * 40);
      await desk.restart('SIGKILL');
      await Promise.all(load);
    }
    const { position } = await raise(desk);
    expect(await listed(position)).toEqual(expect.arrayContaining(idsOf(accepted)));
    expect(accepted.length).toBeGreaterThan(0);
  });

  it(
    'need not be there when the service starts: it takes commands, and answers later',
    async () => {
      await desk.service.stop();
      await server.kill();
      const environment = { MONGODB_URL: server.url('tickets') };
      const service = ServiceProcess.launch({ folder: desk.folder, environment });
      try {
        const url = await service.listening();
        expect(await httpStatus(`${url}/health/ready`)).toBe(503);
        const alice = new Client(url, desk.tokens.alice);
        const raised = await alice.post('/tickets', creation());
        expect(raised.status).toBe(201);
        expect((await alice.get('/tickets')).status).toBe(503);
        await server.startAgain();
        const path = `/tickets/${raised.body.ticketId}`;
        await until(
          'the ticket is shown',
          async () => ((await alice.get(path)).status === 200 ? true : null),
          RECOVERY_TIMEOUT_MS,
        );
        // It stops as soon as usual, with or without MongoDB.
        await server.kill();
        const asked = performance.now();
        expect(await service.stop()).toEqual({ code: 0, signal: null });
        expect(performance.now() - asked).toBeLessThan(30_000);
      } finally {
        await service.stop('SIGKILL');
        await server.startAgain();
        await desk.restart();
      }
    },
    2 * RECOVERY_TIMEOUT_MS,
  );

  it(
    'need a replica set: a standalone server is refused, at the start or when it comes',
    async () => {
      await desk.service.stop();
      const standalone = await MongodbServer.start('standalone');
      const environment = { MONGODB_URL: standalone.url('tickets') };
      const says = /standalone[^]*mongod --replSet rs0[^]*rs\.initiate\(\)/;
      const launch = () => ServiceProcess.launch({ folder: desk.folder, environment });
      try {
        const refused = launch();
        expect(await refused.ended()).toEqual({ code: 1, signal: null });
        expect(refused.errors).toMatch(says);

        await standalone.kill();
        const service = launch();
        try {
          const url = await service.listening();
          await standalone.startAgain();
          const alice = new Client(url, desk.tokens.alice);
          expect((await alice.post('/tickets', creation())).status).toBe(201);
          const { status, body } = await alice.get<ProblemDetails>('/tickets');
          expect({ status, code: body.code }).toEqual({ status: 503, code: 'unavailable' });
          expect(body.detail).toMatch(says);
          const health = await fetch(`${url}/health/ready`);
          expect(health.status).toBe(503);
          expect(await health.text()).toContain('mongod --replSet rs0');
        } finally {
          await service.stop('SIGKILL');
        }
      } finally {
        await standalone.remove();
        await desk.restart();
      }
    },
    2 * RECOVERY_TIMEOUT_MS,
  );

  it('refuse an invalid connection string without repeating it', async () => {
    const environment = { MONGODB_URL: 'mongodb://alice:secret@host:port/x' };
    const service = ServiceProcess.launch({ folder: `${desk.folder}/other`, environment });
    expect(await service.ended()).toEqual({ code: 1, signal: null });
    expect(service.errors).toMatch(/MONGODB_URL .*mongodb:\/\/host/);
    expect(service.errors + service.output).not.toMatch(/secret|alice/);
  });
});
