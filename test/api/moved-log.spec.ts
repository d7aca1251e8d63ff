import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { EventStoreDbProcess } from '#test/eventstoredb/server/server-process.js';
import type { Page, TicketAccepted, TicketItem } from '#test/support/answers.js';
import { Client } from '#test/support/client.js';
import { runCommandLine } from '#test/support/command-line.js';
import { Desk } from '#test/support/desk.js';
import type { Name } from '#test/support/people.js';
import { ServiceProcess } from '#test/support/service-process.js';
import { raise } from '#test/support/tickets.js';
import { until } from '#test/support/until.js';

/** The log moves from the data folder to EventStoreDB, while the read models stay as they were. */
let desk: Desk;
let ticket: TicketAccepted;
let server: EventStoreDbProcess;
let service: ServiceProcess;
beforeAll(async () => {
  desk = await Desk.open();
  ticket = await raise(desk);
  await desk.service.stop();
  server = await EventStoreDbProcess.start();
});
afterAll(async () => {
  await service.stop();
  await server.stop();
  await desk.close();
});

const as = (name: Name) => new Client(service.url, desk.tokens[name]);
const start = async (...options: string[]): Promise<void> => {
  const environment = { EVENTSTORE_URL: server.url };
  service = ServiceProcess.launch({ folder: desk.folder, environment, options });
  await service.listening();
};

it('is noticed, and followed after a start with --rebuild', async () => {
  // Given
  const from = `sqlite:${desk.folder}`;
  const copied = await runCommandLine('', '', 'log', 'copy', '--from', from, '--to', server.url);
  expect(copied).toMatchObject({ code: 0 });
  await start();
  expect(await as('bob').get('/tickets')).toMatchObject({
    status: 503,
    body: { detail: expect.stringMatching(/exchanged.*--rebuild/) },
  });
  const { body } = await as('anna').get<{ items: { state: string; lag: number | null }[] }>(
    '/admin/consumers',
  );
  for (const item of body.items) expect(item).toMatchObject({ state: 'stopped', lag: null });
  await service.stop();
  // When
  await start('--rebuild');
  // Then
  const next = await raise({ as });
  const reached = `minPosition=${next.position}`;
  await until('all is rebuilt', async () => {
    const { status } = await as('anna').get(`/admin/consumers?${reached}`);
    return status === 200 ? true : null;
  });
  const { body: list } = await as('bob').get<Page<TicketItem>>(
    `/tickets?sort=createdAt&${reached}`,
  );
  expect(list.items).toMatchObject([{ ticketId: ticket.ticketId }, { ticketId: next.ticketId }]);
  expect((await as('alice').get(`/tickets/${next.ticketId}?${reached}`)).status).toBe(200);
});
