import { copyFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page, TicketItem } from '#test/support/answers.js';
import { Client } from '#test/support/client.js';
import { newFolder, removeFolder } from '#test/support/folders.js';
import { httpStatus } from '#test/support/http.js';
import { tokensOf, type Name } from '#test/support/people.js';
import { ServiceProcess, type App } from '#test/support/service-process.js';
import { creation } from '#test/support/tickets.js';
import { until } from '#test/support/until.js';

const apps = ['command-api', 'worker', 'query-api'] as const;
type Part = (typeof apps)[number];

let folder: string;
let parts: Record<Part, ServiceProcess>;
let tokens: Readonly<Record<Name, string>>;

const started: ServiceProcess[] = [];
const launch = async (app: App): Promise<ServiceProcess> => {
  const service = await ServiceProcess.start({ app, folder });
  started.push(service);
  return service;
};
const as = (name: Name, part: Part): Client => new Client(parts[part].url, tokens[name]);
const get = async (part: Part, path: string) => {
  const response = await fetch(parts[part].url + path);
  return { status: response.status, text: await response.text() };
};

beforeAll(async () => {
  folder = newFolder();
  // The writer creates the log; the others read it.
  const commandApi = await launch('command-api');
  const worker = await launch('worker');
  parts = { 'command-api': commandApi, worker, 'query-api': await launch('query-api') };
  tokens = await tokensOf(folder);
  const anna = as('anna', 'command-api');
  await anna.put('/engineers/bob', { displayName: 'Bob', email: 'b@x.example', active: true });
  await anna.put('/services/vpn', { name: 'VPN' });
});
afterAll(async () => {
  for (const service of started) await service.stop('SIGKILL');
  removeFolder(folder);
});

describe('separate processes', () => {
  it('show accepted commands in queries and live updates, and dispatch by the policy', async () => {
    const { body, status } = await as('alice', 'command-api').post(
      '/tickets',
      creation({ serviceId: 'vpn' }),
    );
    expect(status).toBe(201);
    const { ticketId, position } = body;
    const shown = await as('alice', 'query-api').get<{ state: string }>(
      `/tickets/${ticketId}?minPosition=${position}`,
    );
    expect(shown).toMatchObject({ status: 200, body: { state: 'pending' } });
    // Now the service gets an owner: waiting tickets are dispatched automatically.
    await as('anna', 'command-api').put('/services/vpn/owners', { engineerIds: ['bob'] });
    const listed = await until('bob owns it', async () => {
      const { body: page } = await as('bob', 'query-api').get<Page<TicketItem>>(
        '/tickets?owner=bob',
      );
      return page.items.length === 0 ? null : page.items;
    });
    expect(listed).toMatchObject([{ ticketId }]);
  });

  it('report only their own parts and metrics', async () => {
    const names = async (part: Part) => {
      const { status, text } = await get(part, '/health/ready');
      expect(status).toBe(200);
      return Object.keys((JSON.parse(text) as { parts: object }).parts);
    };
    expect((await names('command-api')).sort()).toEqual([
      'disk',
      'log',
      'policy dispatch-policy',
      'writer',
    ]);
    expect(await names('query-api')).toEqual(
      expect.arrayContaining(['log', 'projection tickets', 'projection flow']),
    );
    expect(await names('worker')).toEqual(
      expect.arrayContaining(['log', 'projection tickets', 'projection flow']),
    );
    for (const part of apps) {
      expect((await get(part, '/metrics')).text).toContain('process_cpu_seconds_total');
      expect(await httpStatus(`${parts[part].url}/health/live`)).toBe(200);
    }
    const projected = /tickets_projection_events_total{projection="tickets"} [1-9]/;
    expect((await get('worker', '/metrics')).text).toMatch(projected);
    const active = 'tickets_projection_active{projection="tickets"} 1';
    expect((await get('worker', '/metrics')).text).toContain(active);
    expect((await get('command-api', '/metrics')).text).not.toContain('tickets_projection');
  });

  it('serve and document only their own routes', async () => {
    const paths = async (part: Part) => {
      const { text } = await get(part, '/api/openapi.json');
      return Object.entries((JSON.parse(text) as { paths: Record<string, object> }).paths).flatMap(
        ([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`),
      );
    };
    const commands = await paths('command-api');
    expect(commands).toContain('post /api/v1/tickets');
    expect(commands).not.toContain('get /api/v1/tickets');
    const queries = await paths('query-api');
    expect(queries).toContain('get /api/v1/tickets');
    expect(queries).not.toContain('post /api/v1/tickets');
    expect((await as('alice', 'command-api').get('/tickets')).status).toBe(405);
    expect((await as('alice', 'query-api').post('/tickets', creation())).status).toBe(405);
    for (const path of ['/api/docs', '/api/openapi.json', '/api/v1/tickets']) {
      expect((await get('worker', path)).status).toBe(404);
    }
  });

  it('hand over at once from a stopping projector to one on standby', async () => {
    const other = await launch('worker');
    const active = async () => (await fetch(`${other.url}/metrics`)).text();
    const projected = /^tickets_projection_active{projection="tickets"} 1$/m;
    expect(await active()).not.toMatch(projected);
    const { text } = await get('worker', '/health/ready');
    expect(text).toContain('projected here');
    expect(await (await fetch(`${other.url}/health/ready`)).text()).toContain('on standby');
    await parts.worker.stop();
    const stopped = performance.now();
    await until('the other one projects', async () =>
      projected.test(await active()) ? true : null,
    );
    // After a crash the takeover would take more than five seconds.
    expect(performance.now() - stopped).toBeLessThan(5_000);
    parts.worker = other;
    const { body } = await as('alice', 'command-api').post('/tickets', creation());
    const { ticketId, position } = body;
    const path = `/tickets/${ticketId}?minPosition=${position}`;
    expect((await as('alice', 'query-api').get(path)).status).toBe(200);
  });

  it('report what to do if the embedded log does not exist', async () => {
    const empty = newFolder();
    try {
      for (const app of ['query-api', 'worker'] as const) {
        const service = ServiceProcess.launch({ app, folder: empty });
        expect(await service.ended()).toEqual({ code: 1, signal: null });
        expect(service.errors).toMatch(/events\.db does not exist\. Start .*DATA_DIR/);
      }
    } finally {
      removeFolder(empty);
    }
  });

  it('refuse a second command API on the same folder', async () => {
    const service = ServiceProcess.launch({ app: 'command-api', folder });
    expect(await service.ended()).toEqual({ code: 1, signal: null });
    expect(service.errors).toMatch(/Another process writes to the data folder/);
  });

  it('end at SIGTERM with 0 and without complaints', async () => {
    for (const app of apps) {
      expect(await parts[app].stop()).toEqual({ code: 0, signal: null });
      expect(parts[app].complaints).toBe('');
    }
  });
});

it('separate processes notice a log that is exchanged under them, until the right one is back', async () => {
  const own = newFolder();
  const running: ServiceProcess[] = [];
  try {
    // Given
    for (const app of apps) running.push(await ServiceProcess.start({ app, folder: own }));
    const { bob } = await tokensOf(own);
    const query = new Client(`${running.at(-1)?.url}`, bob);
    const history = () => query.get('/tickets/019ab3c4-5d6e-7f80-9123-456789abcdef/history');
    expect((await history()).status).toBe(404);
    // When
    const [log, right] = [join(own, 'events.db'), join(own, 'right.db')];
    renameSync(log, right);
    copyFileSync(right, log);
    // Then
    const replaced = /removed or exchanged under the running service/;
    for (const { url } of running) {
      await until('its health says so', async () =>
        replaced.test(await (await fetch(`${url}/health/ready`)).text()) ? true : null,
      );
    }
    const { text, headers } = await until('queries are refused', async () => {
      const answer = await history();
      return answer.status === 503 ? answer : null;
    });
    expect(text).toMatch(replaced);
    expect(headers['retry-after']).toBeUndefined();
    // When
    renameSync(right, log);
    // Then
    await until('it reads', async () => ((await history()).status === 404 ? true : null));
  } finally {
    for (const service of running) await service.stop('SIGKILL');
    removeFolder(own);
  }
});
