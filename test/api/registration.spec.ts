import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { TicketPage } from '#test/support/answers.js';
import { Client } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import { tokenFor } from '#test/support/people.js';
import { expectProblem } from '#test/support/problems.js';
import { creation, give, raise } from '#test/support/tickets.js';

let desk: Desk;
/** A person whose token has the role of an engineer. */
let nemo: Client;
beforeAll(async () => {
  desk = await Desk.open();
  nemo = await withRoles('nemo', 'engineer');
});
afterAll(() => desk.close());

const withRoles = async (sub: string, ...roles: string[]): Promise<Client> =>
  new Client(desk.url, await tokenFor(desk.folder, { sub, tenant: 'acme', roles }));

const onBehalfOf = { id: 'alice', tenant: 'acme' };

async function allowedTo(client: Client, ticketId: string, position: string) {
  const path = `/tickets/${ticketId}?minPosition=${position}`;
  const { body } = await client.get<TicketPage>(path);
  const past = await client.get<TicketPage>(`${path}&revision=${body.revision}`);
  expect(past.body.allowed).toEqual(body.allowed);
  return body.allowed;
}

it('an engineer who was never registered may not act, and is told what to do', async () => {
  const { ticketId, position } = await raise(desk);
  const note = { command: 'notes', ticketId, text: 'Seen.' };
  const refusals = [
    await nemo.command(ticketId, 'notes', { text: 'Seen.' }),
    await nemo.post('/tickets', creation({ onBehalfOf })),
  ];
  for (const answer of refusals) {
    expect(expectProblem(answer, 'forbidden').detail).toMatch(/"nemo".*PUT \/api\/v1\/engineers/);
  }
  expect((await nemo.batch([note])).results).toMatchObject([{ status: 403, code: 'forbidden' }]);
  expect(await allowedTo(nemo, ticketId, position)).toEqual([]);
  const history = await desk.as('bob').get<{ events: unknown[] }>(`/tickets/${ticketId}/history`);
  expect(history.body.events).toHaveLength(2);
});

it('leads act as leads, and customers as customers, without a registration', async () => {
  const { ticketId } = await raise(desk);
  const both = await withRoles('both', 'engineer', 'lead');
  expect((await both.command(ticketId, 'assign', { engineerId: 'bob' })).status).toBe(200);
  const customer = await withRoles('cora', 'engineer', 'customer');
  const own = await customer.post('/tickets', creation());
  expect(own.status).toBe(201);
  expect((await customer.command(own.body.ticketId, 'cancel')).status).toBe(200);
  expectProblem(await customer.command(ticketId, 'notes', { text: 'Seen.' }), 'forbidden');
});

it('an engineer may act from the registration until the deactivation', async () => {
  const { ticketId } = await raise(desk);
  await desk.putEngineer('nemo');
  expect((await nemo.command(ticketId, 'notes', { text: 'Seen.' })).status).toBe(200);
  const assigned = await give(desk, 'lena', ticketId, 'assign', { engineerId: 'nemo' });
  expect(await allowedTo(nemo, ticketId, assigned.position)).toContain('resolve');

  await desk.putEngineer('nemo', false);
  const refused = await nemo.command(ticketId, 'resolve', { summary: 'Done.' });
  expect(expectProblem(refused, 'forbidden').detail).toMatch(/not active/);
  const forwarded = await give(desk, 'lena', ticketId, 'forward', { engineerId: 'bob' });
  expect(await allowedTo(nemo, ticketId, forwarded.position)).toEqual([]);
});
