import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API, Client } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import { tokenFor } from '#test/support/people.js';
import { creation } from '#test/support/tickets.js';
import { TraceReceiver } from '#test/support/trace-receiver.js';
import { until } from '#test/support/until.js';

/** A mark in all data about people and in all their texts, and nowhere else. */
const MARK = 'zq7private';

let receiver: TraceReceiver;
let desk: Desk;
let tokens: readonly string[];
beforeAll(async () => {
  receiver = await TraceReceiver.open();
  desk = await Desk.open({ ...receiver.environment, LOG_LEVEL: 'trace' });
});
afterAll(async () => {
  await desk.close();
  await receiver.close();
});

/** Identities, texts and searches, all with the mark. */
async function liveThrough(): Promise<void> {
  const tenant = `${MARK}-tenant`;
  const [customerToken, engineerToken] = (tokens = await Promise.all([
    tokenFor(desk.folder, { sub: `${MARK}-customer`, tenant, roles: ['customer'] }),
    tokenFor(desk.folder, { sub: `${MARK}-engineer`, roles: ['engineer'] }),
  ]));
  const customer = new Client(desk.url, customerToken);
  const engineer = new Client(desk.url, engineerToken);
  await desk.as('anna').put(`/engineers/${MARK}-engineer`, {
    displayName: `The ${MARK}`,
    email: `${MARK}@operator.example`,
  });
  await desk.putOwners('vpn', `${MARK}-engineer`);
  const { body, status } = await customer.post(
    '/tickets',
    creation({ description: MARK, contact: { email: `${MARK}@acme.example` } }),
    { 'idempotency-key': MARK },
  );
  expect(status).toBe(201);
  const { ticketId } = body;
  const commands: readonly [Client, string, object][] = [
    [engineer, 'handle', {}],
    [engineer, 'notes', { text: MARK }],
    [engineer, 'request-feedback', { message: MARK }],
    [customer, 'provide-feedback', { message: MARK }],
    [engineer, 'resolve', { summary: MARK }],
    [customer, 'confirm', { rating: 1, comment: MARK }],
  ];
  for (const [by, command, fields] of commands) {
    expect((await by.command(ticketId, command, fields)).status).toBe(200);
  }
  await goWrong(customer, ticketId);
  await desk.as('lena').get(`/tickets?q=${MARK}&minPosition=${body.position}`);
  await desk.as('lena').get(`/owners/${MARK}-engineer`);
  await desk.as('lena').get(`/tickets/${ticketId}/history`);
}

/** Invalid requests of all kinds, with the mark. */
async function goWrong(customer: Client, ticketId: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const wrong = [
    customer.post(`/tickets`, { [MARK]: MARK }),
    customer.command(ticketId, 'cancel', { reason: MARK }),
    customer.command(ticketId, 'messages', { message: MARK }, { 'if-match': MARK }),
    customer.command(MARK, 'cancel'),
    customer.get(`/${MARK}?${MARK}=${MARK}`, { traceparent: MARK, 'x-correlation-id': `${MARK}@` }),
    customer.send({ method: 'POST', path: `${API}/tickets`, headers, body: `{"${MARK}` }),
    customer.send({ method: 'GET', path: `/%${MARK}` }),
    new Client(desk.url, MARK).get('/tickets'),
    new Client(desk.url, `${MARK}.${MARK}.${MARK}`).get('/tickets'),
  ];
  await customer.batch([{ command: MARK }, `{${MARK}`]);
  for (const answer of await Promise.all(wrong)) expect(answer.status).toBeGreaterThanOrEqual(400);
}

describe('personal data, at the most verbose log level', () => {
  it('is absent from the log, metrics and spans', async () => {
    await liveThrough();
    await until('the last query is in the log', () =>
      desk.service.output.includes('/api/v1/tickets/:ticketId/history') ? true : null,
    );
    const names = ['command confirm', 'project satisfaction', 'GET /api/v1/owners/:engineerId'];
    await until('all spans are there', () =>
      names.every((name) => receiver.spans.some((span) => span.name === name)) ? true : null,
    );
    const metrics = await (await fetch(`${desk.url}/metrics`)).text();
    const output = {
      log: desk.service.output,
      errors: desk.service.errors,
      metrics,
      spans: Buffer.concat(receiver.bodies).toString(),
    };
    // They do report the commands.
    expect(output.log).toMatch(/"command":"resolve","outcome":"accepted"/);
    expect(output.metrics).toMatch(/command="resolve",outcome="accepted"/);
    for (const text of Object.values(output)) {
      expect(text).not.toContain(MARK);
      for (const token of tokens) expect(text).not.toContain(token.split('.')[2]);
    }
  });
});
