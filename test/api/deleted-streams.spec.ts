import { EventStoreDBClient } from '@eventstore/db-client';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { EventStoreDbProcess } from '#test/eventstoredb/server/server-process.js';
import { Desk } from '#test/support/desk.js';
import { expectProblem } from '#test/support/problems.js';
import { give, raise } from '#test/support/tickets.js';
import { until } from '#test/support/until.js';

let server: EventStoreDbProcess;
let client: EventStoreDBClient;
let desk: Desk;
beforeAll(async () => {
  server = await EventStoreDbProcess.start();
  client = EventStoreDBClient.connectionString(server.url);
  desk = await Desk.open({ EVENTSTORE_URL: server.url });
});
afterAll(async () => {
  await client.dispose();
  await desk.close();
  await server.stop();
});

/** Two tickets with a stream each; the first is cached by the service. */
async function tickets(): Promise<readonly string[]> {
  const ids: string[] = [];
  let position = '';
  for (let n = 0; n < 2; n++) {
    const { ticketId } = await raise(desk);
    ({ position } = await give(desk, 'bob', ticketId, 'handle'));
    ids.push(ticketId);
  }
  await desk.caughtUp(position);
  return ids;
}

/** The answers that come from the log. */
async function expectDamaged(ticketId: string): Promise<void> {
  const bob = desk.as('bob');
  for (const answer of [
    // A command that repeats reads the log. The server accepts one that appends to a deleted stream.
    await bob.command(ticketId, 'handle'),
    await bob.command(ticketId, 'notes', { text: 'More.' }),
    await bob.get(`/tickets/${ticketId}/history`),
    await bob.get(`/tickets/${ticketId}?revision=1`),
    await desk.as('alice').command(ticketId, 'messages', { message: 'Well?' }),
  ]) {
    const { detail } = expectProblem(answer, 'history_damaged');
    expect(detail).toContain(`ticket-${ticketId}`);
  }
  for (const answer of [
    await desk.as('mallory').command(ticketId, 'messages', { message: 'Mine?' }),
    await desk.as('mallory').get(`/tickets/${ticketId}/history`),
  ])
    expectProblem(answer, 'not_found');
}

it.each<[string, (stream: string) => Promise<unknown>]>([
  ['deleted', (stream) => client.deleteStream(stream)],
  ['deleted for good', (stream) => client.tombstoneStream(stream)],
])('the stream of a ticket that another program has %s is damaged', async (_, remove) => {
  // Given
  const ids = await tickets();
  // When
  await remove(`ticket-${ids[0]}`);
  // Then
  await expectDamaged(`${ids[0]}`);
  // When
  await remove(`ticket-${ids[1]}`);
  await desk.restart();
  // Then
  for (const ticketId of ids) await expectDamaged(ticketId);
  expect((await raise(desk)).ticketId).toMatch(/./);
});

it.each<[string, (stream: string) => Promise<unknown>, RegExp]>([
  [
    'deleted',
    (stream) => client.deleteStream(stream),
    /revision 0 .*is missing|revision 2 .*is missing with its whole stream/,
  ],
  [
    'deleted for good',
    (stream) => client.tombstoneStream(stream),
    /was deleted with its whole stream/,
  ],
  [
    'truncated',
    (stream) => client.setStreamMetadata(stream, { truncateBefore: 1 }),
    /revision 0 .*is missing/,
  ],
])('the check of the log names the stream that was %s', async (_, remove, words) => {
  // Given
  const [ticketId = ''] = await tickets();
  // When
  await remove(`ticket-${ticketId}`);
  await until('the check before is done', async () => {
    const { body } = await desk
      .as('anna')
      .get<{ items: { rebuild: unknown }[] }>('/admin/consumers');
    return body.items.every(({ rebuild }) => rebuild === null) ? true : null;
  });
  await desk.as('anna').post('/admin/projections/log-check/rebuild', {});
  // Then
  const refused = await until('it is refused', async () => {
    const answer = await desk.as('bob').get(`/tickets/${ticketId}`);
    return answer.status === 500 ? answer : null;
  });
  const { detail } = expectProblem(refused, 'history_damaged');
  expect(detail).toMatch(words);
  expect(detail).toContain(`The history of ticket-${ticketId} is damaged`);
  await expectDamaged(ticketId);
});
