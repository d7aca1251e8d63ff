import { copyFileSync, cpSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from '#test/support/client.js';
import { runCommandLine } from '#test/support/command-line.js';
import { Desk } from '#test/support/desk.js';
import { readLog } from '#test/faults/restore/log-files.js';
import { metricsOf } from '#test/support/metrics.js';
import type { Name } from '#test/support/people.js';
import { ServiceProcess } from '#test/support/service-process.js';
import { creation, raise } from '#test/support/tickets.js';
import { until } from '#test/support/until.js';

let desk: Desk;
let service: ServiceProcess;
const as = (name: Name) => new Client(service.url, desk.tokens[name]);
const start = async (): Promise<void> => {
  service = ServiceProcess.launch({ folder: desk.folder });
  await service.listening();
};
const health = async () => {
  const answer = await fetch(`${service.url}/health/ready`);
  return { status: answer.status, text: await answer.text() };
};
const inFolder = (name: string) => join(desk.folder, name);
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(async () => {
  await service.stop('SIGKILL');
  await desk.close();
});

/** Every way to write: each must be refused, without a word of content or a file's name. */
const expectRefused = async (reason: RegExp): Promise<void> => {
  const answers = [
    await as('alice').post('/tickets', creation()),
    await as('anna').put('/services/vpn', { name: 'VPN again' }),
    await as('anna').put('/services/vpn/owners', { engineerIds: ['bob'] }),
    await as('anna').put('/engineers/eve', { displayName: 'Eve', email: 'eve@x.example' }),
  ];
  for (const { status, body, headers, text } of answers) {
    expect({ status, body }).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(text).toMatch(reason);
    expect(text).not.toContain(desk.folder);
    expect(headers['retry-after']).toBeUndefined();
  }
  expect(await health()).toMatchObject({ status: 503, text: expect.stringMatching(reason) });
  expect((await metricsOf(service.url)).get('tickets_log_writable')).toBe(0);
  expect(service.output).toMatch(new RegExp(`${reason.source}.*log refuses commands`));
};

describe('a service whose write-ahead log was deleted', () => {
  const lost = /3 acknowledged events are missing in the log since [-0-9]+T[^"]*accept-loss/;

  it('refuses commands, and says what was lost', async () => {
    // Given
    await desk.restart();
    for (let n = 0; n < 3; n++) await raise(desk, { serviceId: 'orphan' });
    await desk.service.stop('SIGKILL');
    rmSync(inFolder('events.db-wal'));
    // When
    await start();
    // Then
    await expectRefused(lost);
  });

  it('accepts them again once an admin has accepted the loss, which is on the log', async () => {
    // Given
    expect((await as('lena').post('/log/accept-loss')).status).toBe(403);
    await expectRefused(lost);
    // When
    const run = () => runCommandLine(service.url, desk.tokens.anna, 'log', 'accept-loss');
    const { code, output } = await run();
    // Then
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringMatching(/^Accepted at position \d+: 3 events lost since .*rebuild/),
    });
    expect((await metricsOf(service.url)).get('tickets_log_writable')).toBe(1);
    expect((await raise({ as })).ticketId).toMatch(/./);
    const accepted = (await readLog(desk.folder)).find(({ type }) => type === 'LogLossAccepted');
    expect(accepted).toMatchObject({
      stream: 'log',
      data: { events: 3, since: expect.any(String), until: expect.any(String) },
      metadata: { actor: { id: 'anna', role: 'admin' } },
    });
    expect(await run()).toMatchObject({ code: 0, output: expect.stringMatching(/no loss/) });
    await runCommandLine(service.url, desk.tokens.anna, 'projections', 'rebuild');
    await until('it is ready', async () => ((await health()).status === 200 ? true : null));
    await service.stop();
    await start();
    expect((await raise({ as })).ticketId).toMatch(/./);
  });
});

describe('a log that is exchanged under the running service', () => {
  it('takes no more commands, until the right one is back and the service was started', async () => {
    // Given
    const replaced = /removed or exchanged under the running service/;
    const right = inFolder('right');
    mkdirSync(right);
    // When
    renameSync(inFolder('events.db'), join(right, 'events.db'));
    copyFileSync(join(right, 'events.db'), inFolder('events.db'));
    // Then
    await expectRefused(replaced);
    const before = await readLog(desk.folder);
    await service.stop('SIGKILL');
    cpSync(join(right, 'events.db'), inFolder('events.db'));
    await start();
    expect((await raise({ as })).ticketId).toMatch(/./);
    expect((await readLog(desk.folder)).length).toBeGreaterThan(before.length);
  });
});
