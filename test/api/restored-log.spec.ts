import { copyFileSync, cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from '#test/support/client.js';
import { runCommandLine } from '#test/support/command-line.js';
import type { History } from '#test/support/answers.js';
import { Desk } from '#test/support/desk.js';
import { newFolder, removeFolder } from '#test/support/folders.js';
import type { Name } from '#test/support/people.js';
import { ServiceProcess } from '#test/support/service-process.js';
import { creation, raise } from '#test/support/tickets.js';
import { until } from '#test/support/until.js';

/** The embedded log was restored to an earlier point while the read models stayed as they were. */
describe('a log that was restored from an older backup', () => {
  let desk: Desk;
  /** A folder with the restored log and the newer read models, in which a test starts a service. */
  let folder: string;
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
    service = ServiceProcess.launch({ folder, options });
    await service.listening();
  };
  const ready = async (): Promise<{ status: number; text: string }> => {
    const answer = await fetch(`${service.url}/health/ready`);
    return { status: answer.status, text: await answer.text() };
  };
  const acceptLoss = async () => {
    const answer = await as('anna').post<{ loss: object | null }>('/log/accept-loss');
    expect(answer).toMatchObject({ status: 200, body: { loss: expect.any(Object) } });
  };
  const isReady = () =>
    until('it is ready', async () => ((await ready()).status === 200 ? true : null));

  interface Consumer {
    readonly name: string;
    readonly state: string;
    readonly position: string | null;
    readonly rebuild: object | null;
  }
  const consumers = async (client: Client): Promise<readonly Consumer[]> =>
    (await client.get<{ items: readonly Consumer[] }>('/admin/consumers')).body.items;
  const isRebuilt = () =>
    until('every consumer is rebuilt', async () => {
      const items = await consumers(as('anna'));
      return items.every(({ rebuild, state }) => rebuild === null && state === 'running') || null;
    });
  const listed = async (query = ''): Promise<string[]> => {
    const { body } = await as('bob').get<{ items: { ticketId: string }[] }>(`/tickets${query}`);
    return body.items.map(({ ticketId }) => ticketId).sort();
  };

  beforeAll(async () => {
    desk = await Desk.open();
    kept = (await raise(desk)).ticketId;
    await desk.service.stop();
    const backup = join(desk.folder, 'backup');
    mkdirSync(backup);
    copyLog(desk.folder, backup);
    await desk.restart();
    const last = await raise(desk);
    lost = last.ticketId;
    await until('every consumer has seen it', async () => {
      const items = await consumers(desk.as('anna'));
      return items.every(({ position }) => BigInt(position ?? -1) >= BigInt(last.position)) || null;
    });
    await desk.service.stop();
    const newest = join(desk.folder, 'newest');
    mkdirSync(newest);
    copyLog(desk.folder, newest);
    copyLog(backup, desk.folder);
  });
  afterAll(() => desk.close());
  beforeEach(() => {
    folder = newFolder();
    cpSync(desk.folder, folder, { recursive: true });
  });
  afterEach(async () => {
    await service.stop();
    removeFolder(folder);
  });

  it('makes queries unavailable until the rebuild, however long it has grown, and reports what to do', async () => {
    await start();
    expect((await as('alice').post('/tickets', creation())).status).toBe(503);
    await acceptLoss();
    // The restored log is now longer than the read models' checkpoint.
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
    const stopped = await consumers(as('anna'));
    expect(stopped.map(({ state }) => state)).toEqual(stopped.map(() => 'stopped'));

    for (const { name } of stopped) await as('anna').post(`/admin/projections/${name}/rebuild`, {});
    await isReady();
    expect(await listed(`?minPosition=${position}`)).toEqual(
      [kept, ...raised.map(({ ticketId }) => ticketId)].sort(),
    );
    expect((await as('alice').get(`/tickets/${lost}`)).status).toBe(404);
  });

  it('is resumed once the right log is back', async () => {
    await start();
    expect((await as('bob').get('/tickets')).status).toBe(503);
    await service.stop();
    copyLog(join(desk.folder, 'newest'), folder);
    await start();
    await isReady();
    expect(await listed()).toEqual([kept, lost].sort());
  });

  it('is rebuilt by a start with --rebuild', async () => {
    await start('--rebuild');
    await isRebuilt();
    expect(await listed()).toEqual([kept]);
  });

  it('is rebuilt by the command line', async () => {
    await start();
    const run = (...words: string[]) =>
      runCommandLine(service.url, desk.tokens.anna, 'projections', ...words);
    const { output } = await run('list');
    expect(output).toMatch(/^tickets +projection +stopped .*restored to an earlier point/m);
    expect(output).toMatch(/^dispatch-policy +policy +stopped .*restored to an earlier point/m);

    expect(await run('rebuild', 'nothing')).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/Unknown consumer.*dispatch-policy/),
    });
    expect(await run('rebuild')).toMatchObject({
      code: 0,
      output: expect.stringContaining('dispatch-policy: rebuild started'),
    });

    await isRebuilt();
    expect(await listed()).toEqual([kept]);
  });

  it('is resumed by the dispatch policy, which dispatches each waiting ticket once', async () => {
    await start();
    await acceptLoss();
    const { ticketId } = await raise({ as }, { serviceId: 'orphan' });
    await as('anna').put('/services/orphan/owners', { engineerIds: ['dave'] });
    const owners = async () => {
      const { body } = await as('lena').get<History>(`/tickets/${ticketId}/history`);
      return body.events.filter(({ type }) => type === 'TicketDispatched');
    };
    expect(await owners()).toEqual([]);
    for (let times = 0; times < 2; times++) {
      await runCommandLine(service.url, desk.tokens.anna, 'projections', 'rebuild');
      await until('it is dispatched', async () => ((await owners()).length > 0 ? true : null));
      await isRebuilt();
    }
    expect(await owners()).toMatchObject([{ data: { owners: ['dave'] } }]);
  });
});

it('an unknown option stops the start, and is named', async () => {
  const service = ServiceProcess.launch({ folder: '/nowhere', options: ['--rebuidl'] });
  expect(await service.ended()).toMatchObject({ code: 1 });
  expect(service.errors).toMatch(/"--rebuidl" is not an option.*--rebuild/);
});
