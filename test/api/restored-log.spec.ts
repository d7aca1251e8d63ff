import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import type { Name } from '#test/support/people.js';
import { ServiceProcess } from '#test/support/service-process.js';
import { raise } from '#test/support/tickets.js';
import { until } from '#test/support/until.js';

/** The embedded log was restored to an earlier point while the read models stayed as they were. */
describe('a log that was restored from an older backup', () => {
  let desk: Desk;
  let lost: string;
  let kept: string;
  let service: ServiceProcess;

  const files = (folder: string) =>
    readdirSync(folder).filter((name) => name.startsWith('events.db'));
  const copyLog = (from: string, to: string): void => {
    for (const name of files(to)) rmSync(join(to, name));
    for (const name of files(from)) copyFileSync(join(from, name), join(to, name));
  };
  const as = (name: Name) => new Client(service.url, desk.tokens[name]);
  /** Starts the service without waiting until it is ready, which it may never be. */
  const start = async (...options: string[]): Promise<void> => {
    service = ServiceProcess.launch({ folder: desk.folder, options });
    await until('it listens', () => service.address);
  };
  const ready = async (): Promise<{ status: number; text: string }> => {
    const answer = await fetch(`${service.url}/health/ready`);
    return { status: answer.status, text: await answer.text() };
  };
  const isReady = () =>
    until('it is ready', async () => ((await ready()).status === 200 ? true : null));

  beforeEach(async () => {
    desk = await Desk.open();
    kept = (await raise(desk)).ticketId;
    await desk.service.stop();
    const backup = join(desk.folder, 'backup');
    mkdirSync(backup);
    copyLog(desk.folder, backup);
    await desk.restart();
    const last = await raise(desk);
    lost = last.ticketId;
    await desk.as('alice').get(`/tickets/${lost}?minPosition=${last.position}`);
    await desk.service.stop();
    const newest = join(desk.folder, 'newest');
    mkdirSync(newest);
    copyLog(desk.folder, newest);
    copyLog(backup, desk.folder);
  });
  afterEach(async () => {
    await service.stop();
    await desk.close();
  });

  it('answers no query until it is rebuilt, however long it has grown, and says what to do', async () => {
    await start();
    // Commands go on: the restored log is longer now than the read models have seen.
    const raised = [];
    for (let n = 0; n < 4; n++) raised.push(await raise({ as }));
    const position = raised.at(-1)?.position ?? '';
    for (const path of ['/tickets', `/tickets/${lost}`, `/tickets?minPosition=${position}`]) {
      const answer = await as('bob').get(path);
      expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
      expect((answer.body as { detail: string }).detail).toMatch(/restored.*--rebuild/);
      expect(answer.headers['retry-after']).toBeUndefined();
    }
    expect(await ready()).toMatchObject({ status: 503 });
    expect((await ready()).text).toContain('restored to an earlier point');
    const { body } = await as('anna').get('/admin/projections');
    const items = (body as { items: { name: string; state: string }[] }).items;
    expect(items.find(({ name }) => name === 'tickets')).toMatchObject({ state: 'stopped' });

    for (const { name } of items) await as('anna').post(`/admin/projections/${name}/rebuild`, {});
    await isReady();
    const { body: list } = await as('bob').get(`/tickets?minPosition=${position}`);
    const found = (list as { items: { ticketId: string }[] }).items.map(({ ticketId }) => ticketId);
    expect(found.sort()).toEqual([kept, ...raised.map(({ ticketId }) => ticketId)].sort());
    expect((await as('alice').get(`/tickets/${lost}`)).status).toBe(404);
  });

  it('is followed again once the right log is back', async () => {
    await start();
    expect((await as('bob').get('/tickets')).status).toBe(503);
    await service.stop();
    copyLog(join(desk.folder, 'newest'), desk.folder);
    await start();
    await isReady();
    const { body } = await as('bob').get('/tickets');
    const found = (body as { items: { ticketId: string }[] }).items.map(({ ticketId }) => ticketId);
    expect(found.sort()).toEqual([kept, lost].sort());
  });

  it('is rebuilt by a start with --rebuild', async () => {
    await start('--rebuild');
    await isReady();
    const { body } = await as('bob').get('/tickets');
    expect((body as { items: { ticketId: string }[] }).items).toMatchObject([{ ticketId: kept }]);
  });
});

it('an unknown option stops the start, and is named', async () => {
  const service = ServiceProcess.launch({ folder: '/nowhere', options: ['--rebuidl'] });
  expect(await service.ended()).toMatchObject({ code: 1 });
  expect(service.errors).toMatch(/"--rebuidl" is not an option.*--rebuild/);
});
