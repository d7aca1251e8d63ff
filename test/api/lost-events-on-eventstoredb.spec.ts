import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { EventStoreDbProcess } from '#test/eventstoredb/server/server-process.js';
import { Client } from '#test/support/client.js';
import { runCommandLine } from '#test/support/command-line.js';
import { Desk } from '#test/support/desk.js';
import { newFolder, removeFolder } from '#test/support/folders.js';
import type { Name } from '#test/support/people.js';
import { expectProblem } from '#test/support/problems.js';
import { ServiceProcess } from '#test/support/service-process.js';
import { creation, raise } from '#test/support/tickets.js';
import { until } from '#test/support/until.js';

/** The log is on a server that goes back, and the read models are where the run has them. */
let folder: string;
let server: EventStoreDbProcess;
let desk: Desk;
let service: ServiceProcess;
beforeEach(async () => {
  folder = newFolder();
  server = await EventStoreDbProcess.start({ file: join(folder, 'log') });
  desk = await Desk.open({ EVENTSTORE_URL: server.url });
  ({ service } = desk);
});
afterEach(async () => {
  await service.stop('SIGKILL');
  await desk.close();
  await server.stop();
  removeFolder(folder);
});

const as = (name: Name) => new Client(service.url, desk.tokens[name]);

/** The log of the server without its last appends, and the service on it. */
async function startWithout(appends: number): Promise<void> {
  const { port } = server;
  const file = join(folder, 'log');
  await server.stop();
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  writeFileSync(file, `${lines.slice(0, -appends).join('\n')}\n`);
  server = await EventStoreDbProcess.start({ file, port });
  service = ServiceProcess.launch({ folder: desk.folder, environment: desk.environment });
  await service.listening();
}

const LOST = 3;

it.each<[string, NodeJS.Signals, string]>([
  ['stopped', 'SIGTERM', String(LOST)],
  ['killed', 'SIGKILL', `(at least [1-${LOST}]|${LOST})`],
])(
  'says what a log lacks after the service was %s, until an admin accepts the loss',
  async (_, signal, count) => {
    // Given
    const { position } = await raise({ as }, { serviceId: 'orphan' });
    await until('the views show it', async () => {
      const { status } = await as('anna').get(`/admin/consumers?minPosition=${position}`);
      return status === 200 ? true : null;
    });
    for (let n = 0; n < LOST; n++) await raise({ as }, { serviceId: 'orphan' });
    await service.stop(signal);
    // When
    await startWithout(LOST);
    // Then
    const refused = await as('alice').post('/tickets', creation());
    const { detail } = expectProblem(refused, 'unavailable');
    const words = `${count} acknowledged events are missing in the log since \\d{4}-.* until \\d{4}-`;
    expect(detail).toMatch(new RegExp(`^${words}.*tickets log accept-loss`, 'i'));
    expect(refused.headers['retry-after']).toBeUndefined();
    const health = await fetch(`${service.url}/health/ready`);
    expect(health.status).toBe(503);
    expect(await health.text()).toMatch(new RegExp(words, 'i'));
    // When
    const accepted = await runCommandLine(service.url, desk.tokens.anna, 'log', 'accept-loss');
    // Then
    expect(accepted).toMatchObject({
      errors: '',
      code: 0,
      output: expect.stringMatching(
        new RegExp(`^Accepted at position \\d+: ${count} events lost since \\d{4}-`),
      ),
    });
    await runCommandLine(service.url, desk.tokens.anna, 'projections', 'rebuild');
    await until('it is ready', async () =>
      (await fetch(`${service.url}/health/ready`)).status === 200 ? true : null,
    );
    expect((await raise({ as })).ticketId).toMatch(/./);
  },
);
