import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newFolder, removeFolder } from '#test/support/folders.js';
import { send } from '#test/support/http.js';
import { TestIssuer } from '#test/support/issuer.js';
import { ServiceProcess, type App } from '#test/support/service-process.js';
import { until } from '#test/support/until.js';

const DOCUMENTATION = ['/api/docs', '/api/docs/swagger-ui.css', '/api/openapi.json'];

let issuer: TestIssuer;
let folder: string;
/** An API and a worker on addresses that others can reach. */
let commandApi: ServiceProcess;
let worker: ServiceProcess;
let operations: string;
beforeAll(async () => {
  issuer = await TestIssuer.start();
  folder = newFolder();
  commandApi = await start('command-api', { OPERATIONS_PORT: '0' });
  worker = await start('worker');
  operations = /Operations +(http:\S+)/.exec(commandApi.output)?.[1] ?? '';
});
afterAll(async () => {
  await worker.stop();
  await commandApi.stop();
  await issuer.stop();
  removeFolder(folder);
});

async function start(app: App, more: Record<string, string> = {}): Promise<ServiceProcess> {
  const environment = { HOST: '0.0.0.0', ...issuer.environment, ...more };
  const service = ServiceProcess.launch({ app, folder, environment });
  await service.listening();
  return service;
}

async function get(url: string, path: string, role?: string) {
  const token = role === undefined ? null : await issuer.token('olga', role);
  const headers: Record<string, string> =
    token === null ? {} : { authorization: `Bearer ${token}` };
  return send(url, { method: 'GET', path, headers });
}
const statusOf = async (url: string, path: string, role?: string) =>
  (await get(url, path, role)).status;
const bodyOf = async (url: string, path: string, role?: string) =>
  JSON.parse((await get(url, path, role)).text) as Record<string, unknown>;

describe('an address that others can reach', () => {
  it('has the bare status for everybody', async () => {
    for (const { url } of [commandApi, worker]) {
      expect(await bodyOf(url, '/health/live')).toStrictEqual({ status: 'ok' });
      await until('it is ready', async () =>
        (await statusOf(url, '/health/ready')) === 200 ? true : null,
      );
      for (const role of [undefined, 'customer', 'engineer']) {
        expect(Object.keys(await bodyOf(url, '/health/ready', role))).toStrictEqual(['status']);
      }
    }
  });

  it('has the parts of the health and the metrics for an admin only', async () => {
    const { url } = commandApi;
    expect(await bodyOf(url, '/health/ready', 'admin')).toMatchObject({ parts: { log: 'ok' } });
    expect(await statusOf(url, '/metrics', 'admin')).toBe(200);
    for (const role of ['customer', 'lead', 'auditor'])
      expect(await statusOf(url, '/metrics', role)).toBe(403);
    expect(await statusOf(url, '/metrics')).toBe(401);
  });

  it('has the documentation for callers with a token', async () => {
    for (const path of DOCUMENTATION) {
      expect([path, await statusOf(commandApi.url, path)]).toStrictEqual([path, 401]);
      expect([path, await statusOf(commandApi.url, path, 'customer')]).toStrictEqual([path, 200]);
    }
  });

  it('of a process that accepts no tokens has no metrics', async () => {
    expect(await statusOf(worker.url, '/metrics', 'admin')).toBe(404);
    expect(await bodyOf(worker.url, '/health/ready', 'admin')).not.toHaveProperty('parts');
  });
});

describe('an issuer that does not provide its keys', () => {
  it('is a degraded part of the health until it is back', async () => {
    issuer.manner = 'is away';
    const queryApi = await start('query-api');
    const health = async (): Promise<string | null> => {
      // The caller has no token that can be verified: only the bare status is to be had.
      const { status, text } = await get(queryApi.url, '/health/ready');
      return status === 200 ? (JSON.parse(text) as { status: string }).status : null;
    };
    try {
      await until('it is degraded', async () => ((await health()) === 'degraded' ? true : null));
      issuer.manner = 'publishes its key';
      await until('it is ok', async () => ((await health()) === 'ok' ? true : null), 40_000);
      const { parts } = await bodyOf(queryApi.url, '/health/ready', 'admin');
      expect(parts).toMatchObject({ issuer: 'ok' });
    } finally {
      issuer.manner = 'publishes its key';
      await queryApi.stop();
    }
  });
});

describe('OPERATIONS_PORT', () => {
  it('is on loopback and has health, metrics and documentation without a token', async () => {
    expect(operations).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await bodyOf(operations, '/health/live')).toStrictEqual({ status: 'ok' });
    expect(await bodyOf(operations, '/health/ready')).toMatchObject({ parts: { log: 'ok' } });
    expect((await get(operations, '/metrics')).text).toContain('process_cpu_seconds_total');
    for (const path of DOCUMENTATION)
      expect([path, await statusOf(operations, path)]).toStrictEqual([path, 200]);
  });

  it('has nothing else, with any token', async () => {
    for (const path of ['/', '/api/v1/tickets', '/api/v1/admin/consumers', '/api/v1/commands']) {
      for (const role of [undefined, 'admin'])
        expect([path, await statusOf(operations, path, role)]).toStrictEqual([path, 404]);
    }
  });

  it('in use stops the start, and says what to do', async () => {
    const { port } = new URL(operations);
    const other = newFolder();
    const environment = { OPERATIONS_PORT: port };
    const service = ServiceProcess.launch({ app: 'command-api', folder: other, environment });
    expect(await service.ended()).toStrictEqual({ code: 1, signal: null });
    expect(service.errors).toContain(`Port ${port} of 127.0.0.1 is in use. Set OPERATIONS_PORT.`);
    removeFolder(other);
  });
});
