import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TicketAccepted } from '#test/support/answers.js';
import { Client } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import { newFolder, removeFolder } from '#test/support/folders.js';
import { httpStatus } from '#test/support/http.js';
import { ServiceProcess, type ServiceSettings } from '#test/support/service-process.js';
import { creation, raise } from '#test/support/tickets.js';
import { until } from '#test/support/until.js';

/** Starts a service that must not start, and returns its output. */
async function refusal(settings: ServiceSettings): Promise<string> {
  const service = ServiceProcess.launch(settings);
  const { code, signal } = await service.ended();
  expect({ code, signal, address: service.address }).toEqual({
    code: 1,
    signal: null,
    address: null,
  });
  // One message for the operator, and no stack anywhere.
  expect(service.errors).not.toMatch(/^\s+at .*:\d+:\d+/m);
  expect(service.output).not.toContain('"stack"');
  return service.errors;
}

describe('starting', () => {
  let folder: string;
  beforeAll(() => {
    folder = newFolder();
  });
  afterAll(() => {
    removeFolder(folder);
  });

  it('reports all invalid settings at once', async () => {
    const errors = await refusal({
      folder,
      environment: {
        PORT: 'eighty',
        HOST: 'not a host',
        LOG_LEVEL: 'loud',
        CONFIRMATION_HOURS: '-1',
        AUTH_JWKS_URL: 'ftp://issuer.example/keys',
      },
    });
    for (const wrong of [
      /PORT: .*"eighty"/,
      /HOST: .*"not a host"/,
      /LOG_LEVEL: .*"loud".*info/,
      /CONFIRMATION_HOURS: .*"-1"/,
      /AUTH_JWKS_URL: .*"ftp:/,
    ]) {
      expect(errors).toMatch(wrong);
    }
  });

  it('is refused if the local key would be reachable, or the issuer settings are incomplete', async () => {
    const environment = { HOST: '0.0.0.0', AUTH_AUDIENCE: 'service-tickets' };
    const errors = await refusal({ folder, environment });
    expect(errors).toMatch(/HOST: 0\.0\.0\.0/);
    expect(errors).toMatch(/AUTH_ISSUER: missing/);
    expect(existsSync(join(folder, 'events.db'))).toBe(false);
  });
});

describe('a data folder', () => {
  let desk: Desk;
  let ticket: TicketAccepted;
  beforeAll(async () => {
    desk = await Desk.open();
    ticket = await raise(desk);
  });
  afterAll(() => desk.close());

  it('is used by one process at a time: a second one is refused, and the first continues', async () => {
    const errors = await refusal({ folder: desk.folder });
    expect(errors).toContain(desk.folder);
    expect(errors).toMatch(/Another process/);
    expect(errors).toMatch(/DATA_DIR/);
    expect((await desk.as('alice').get(`/tickets/${ticket.ticketId}`)).status).toBe(200);
  });

  it('reports a port in use, and what to do', async () => {
    const { port } = new URL(desk.url);
    const folder = newFolder();
    try {
      const errors = await refusal({ folder, environment: { PORT: port } });
      expect(errors).toContain(`Port ${port} of 127.0.0.1 is in use.`);
      expect(errors).toMatch(/set PORT/);
    } finally {
      removeFolder(folder);
    }
  });

  it('prints its address, that of the documentation, and how to get a token', () => {
    const { output } = desk.service;
    expect(output).toContain(`${desk.url}\n`);
    expect(output).toContain(`${desk.url}/api/docs`);
    expect(output).toMatch(/npm run --silent token -- --sub \S+/);
    expect(desk.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it.each<[string, string, string | Buffer, RegExp]>([
    ['a log that is text', 'events.db', 'no log\n'.repeat(50), /events\.db/],
    [
      'an invalid signing key',
      'signing-key.json',
      '{"kty":"oct"}',
      /signing-key\.json.*(Restore|remove)/,
    ],
  ])('with %s stops the start, naming it and the remedy', async (_, name, content, pattern) => {
    const folder = newFolder();
    try {
      const file = join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      const errors = await refusal({ folder });
      expect(errors).toMatch(pattern);
      expect(errors).toMatch(/restore|remove|move it away|DATA_DIR/i);
    } finally {
      removeFolder(folder);
    }
  });

  it.each<[string, (folder: string) => string, RegExp]>([
    ['in the folder of the kernel', () => '/proc/nope', /cannot be created there/],
    [
      'that is a file',
      (folder) => {
        writeFileSync(join(folder, 'file'), '');
        return join(folder, 'file');
      },
      /is a file and not a folder/,
    ],
  ])('%s stops the start, with the reason and the remedy', async (_, pathIn, reason) => {
    const folder = newFolder();
    try {
      const apps = ['standalone', 'command-api', 'query-api', 'worker'] as const;
      const refusals = apps.map((app) => refusal({ app, folder: pathIn(folder) }));
      for (const errors of await Promise.all(refusals)) {
        expect(errors).toMatch(reason);
        expect(errors).toMatch(/set DATA_DIR/);
      }
    } finally {
      removeFolder(folder);
    }
  });

  it('is open to nobody else, and neither is any file in it', async () => {
    const folder = newFolder();
    const log = join(folder, 'events.db');
    writeFileSync(log, '');
    chmodSync(log, 0o644);
    chmodSync(folder, 0o755);
    const service = await ServiceProcess.start({ folder, environment: { LOG_LEVEL: 'warn' } });
    try {
      const modes = ['.', ...readdirSync(folder)].map((name) => {
        const { mode } = statSync(join(folder, name));
        return [name, (mode & 0o077).toString(8)];
      });
      expect(modes.length).toBeGreaterThan(6);
      expect(modes.filter(([, open]) => open !== '0')).toStrictEqual([]);
      expect(service.output).toMatch(/"level":40.*events\.db.*data folder was open to others/);
    } finally {
      await service.stop();
      removeFolder(folder);
    }
  });

  it.each<[string, string, number, RegExp]>([
    ['a log', 'events.db', 0o400, /cannot be written.* mode 400, and the service runs as user/],
    [
      'a write-ahead log',
      'events.db-wal',
      0o400,
      /cannot be written.*events\.db-wal belongs to user/,
    ],
    ['a folder', '.', 0o500, /cannot be used: this user has no permission/],
  ])('with %s that it may not write stops the start', async (_, name, mode, reason) => {
    // So that the write-ahead log has content: SQLite would replace an empty one.
    await raise(desk);
    await desk.service.stop('SIGKILL');
    const path = join(desk.folder, name);
    const before = statSync(path).mode;
    chmodSync(path, mode);
    const errors = await refusal({ folder: desk.folder, isUnprivileged: true });
    expect(errors).toMatch(reason);
    expect(errors).toMatch(/set DATA_DIR/);
    chmodSync(path, before);
    await desk.restart();
  });

  it('of another program is not changed', async () => {
    const folder = newFolder();
    try {
      const file = join(folder, 'events.db');
      const database = new DatabaseSync(file);
      database.exec('PRAGMA application_id = 7; CREATE TABLE recipes (name TEXT);');
      database.close();
      const before = readFileSync(file);
      expect(await refusal({ folder })).toMatch(/events\.db belongs to another program.*DATA_DIR/);
      expect(readFileSync(file).equals(before)).toBe(true);
    } finally {
      removeFolder(folder);
    }
  });

  it('with lost or damaged read models and snapshots gets them rebuilt', async () => {
    await desk.service.stop();
    for (const part of ['', '-wal', '-shm']) {
      rmSync(join(desk.folder, `policies.db${part}`), { force: true });
      rmSync(join(desk.folder, `read-models.db${part}`), { force: true });
    }
    for (const name of ['read-models.db', 'snapshots.db'])
      writeFileSync(join(desk.folder, name), 'no database\n'.repeat(100));
    await desk.restart();
    const shown = await desk
      .as('alice')
      .get(`/tickets/${ticket.ticketId}?minPosition=${ticket.position}`);
    expect(shown).toMatchObject({ status: 200, body: { revision: 1, owners: ['bob', 'carol'] } });
    const noted = await desk.as('bob').command(ticket.ticketId, 'notes', { text: 'x' });
    expect(noted).toMatchObject({ status: 200, body: { revision: 2 } });
  });
});

describe('SIGTERM', () => {
  it('exits 0 and finishes running requests: unanswered ones had no effect', async () => {
    const desk = await Desk.open();
    try {
      const { ticketId } = await raise(desk);
      const lines = Array.from({ length: 300 }, (_, index) => ({
        command: 'notes',
        ticketId,
        text: `note ${index}`,
      }));
      const batch = desk.as('bob').batch(lines);
      const single = desk.as('alice').post('/tickets', creation());
      // The batch is running once its first note can be read.
      await until('the batch is running', async () => {
        const { text } = await desk.as('bob').get(`/tickets/${ticketId}/history?limit=3`);
        return text.includes('note 0') ? true : null;
      });
      desk.service.send('SIGTERM');
      const { results } = await batch;
      expect(results).toHaveLength(300);
      expect(results.every(({ status }) => status === 200)).toBe(true);
      expect((await single).status).toBe(201);
      expect(await desk.service.ended()).toEqual({ code: 0, signal: null });
      expect(await httpStatus(`${desk.url}/health/live`)).toBeNull();
      expect(desk.service.errors).toBe('');
      await desk.restart();
      const { text } = await desk.as('bob').get(`/tickets/${ticketId}/history`);
      expect(text.match(/"note \d+"/g)).toHaveLength(300);
    } finally {
      await desk.close();
    }
  });

  it('also ends a start that waits for another server', async () => {
    const folder = newFolder();
    // Given a server that accepts connections and does not answer.
    const taken: Socket[] = [];
    const silent = createServer((socket) => taken.push(socket)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const service = ServiceProcess.launch({
      folder,
      environment: { EVENTSTORE_URL: `esdb://127.0.0.1:${port}?tls=false` },
    });
    await until('it waits for the server', () => (taken.length > 0 ? true : null));
    expect(await service.stop('SIGTERM')).toEqual({ code: 0, signal: null });
    for (const socket of taken) socket.destroy();
    silent.close();
    removeFolder(folder);
  });

  it('sent many times, or SIGINT, does the same', async () => {
    const folder = newFolder();
    try {
      const service = await ServiceProcess.start({ folder });
      expect((await new Client(service.url).get('/tickets')).status).toBe(401);
      service.send('SIGINT');
      service.send('SIGTERM');
      service.send('SIGTERM');
      expect(await service.ended()).toEqual({ code: 0, signal: null });
    } finally {
      removeFolder(folder);
    }
  });
});
