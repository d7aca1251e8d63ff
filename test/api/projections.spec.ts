import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anEvent } from '#event-store/testing/events.js';
import type { Page, TicketItem } from '#test/support/answers.js';
import { Desk } from '#test/support/desk.js';
import { openLog } from '#test/support/log.js';
import { namesBut } from '#test/support/people.js';
import { expectProblem } from '#test/support/problems.js';
import { give, raise } from '#test/support/tickets.js';
import { until } from '#test/support/until.js';

interface Projection {
  readonly name: string;
  readonly version: number;
  readonly state: string;
  readonly position: string | null;
  readonly lag: number | null;
  readonly lagSeconds: number | null;
  readonly failures: readonly { readonly kind: string; readonly stream?: string }[];
  readonly rebuild: object | null;
}

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const projections = async (minPosition?: string) => {
  const query = minPosition === undefined ? '' : `?minPosition=${minPosition}`;
  const { body } = await desk.as('anna').get<{ items: Projection[] }>(`/admin/projections${query}`);
  return body.items;
};
const health = async () => {
  const { status, body } = await desk
    .asNobody()
    .json<{ status: string; parts: Record<string, string> }>({
      method: 'GET',
      path: '/health/ready',
    });
  return { code: status, ...body };
};
const metric = async (name: string, projection: string): Promise<number | null> => {
  const { text } = await desk.asNobody().send({ method: 'GET', path: '/metrics' });
  const line = text
    .split('\n')
    .find((one) => one.startsWith(`${name}{projection="${projection}"}`));
  return line === undefined ? null : Number(line.split(' ')[1]);
};

describe('the projections', () => {
  it('are listed with their position, lag, state and failures', async () => {
    const { position } = await raise(desk);
    const items = await projections(position);
    expect(items.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['tickets', 'ticket-entries', 'services', 'engineers']),
    );
    for (const item of items) {
      expect(item).toMatchObject({ state: 'running', lag: 0, lagSeconds: 0, failures: [] });
      expect(BigInt(item.position ?? -1)).toBeGreaterThanOrEqual(BigInt(position));
    }
  });

  it('are only for administrators', async () => {
    for (const name of namesBut('anna')) {
      expectProblem(await desk.as(name).get('/admin/projections'), 'forbidden');
      const rebuild = await desk.as(name).post('/admin/projections/tickets/rebuild');
      expectProblem(rebuild, 'forbidden');
    }
    expectProblem(await desk.asNobody().get('/admin/projections'), 'unauthenticated');
  });

  it('that do not exist are not found', async () => {
    for (const what of ['rebuild', 'retry']) {
      const answer = await desk.as('anna').post(`/admin/projections/nothing/${what}`);
      expectProblem(answer, 'not_found');
    }
  });

  it('answer during a rebuild, and the same afterwards', async () => {
    for (let n = 0; n < 20; n++) await raise(desk);
    const { position } = await raise(desk);
    const list = async () => {
      const path = `/tickets?limit=200&minPosition=${position}`;
      const { status, body } = await desk.as('lena').get<Page<TicketItem>>(path);
      return { status, items: body.items };
    };
    const before = await list();
    expect(before.items.length).toBeGreaterThan(20);
    for (const { name } of await projections()) {
      const { status } = await desk.as('anna').post(`/admin/projections/${name}/rebuild`);
      expect(status).toBe(202);
    }
    await until('all are rebuilt', async () => {
      expect(await list()).toEqual(before);
      return (await projections()).every(({ rebuild }) => rebuild === null) ? true : null;
    });
    const { ticketId, position: after } = await raise(desk);
    const items = await projections(after);
    expect(items.map(({ state }) => state)).toEqual(items.map(() => 'running'));
    expect((await desk.as('lena').get(`/tickets/${ticketId}?minPosition=${after}`)).status).toBe(
      200,
    );
  });

  it('have metrics', async () => {
    await raise(desk);
    await until('it has counted', async () =>
      ((await metric('tickets_projection_events_total', 'tickets')) ?? 0) > 0 ? true : null,
    );
    expect(await metric('tickets_projection_up', 'tickets')).toBe(1);
    expect(await metric('tickets_projection_parked_streams', 'tickets')).toBe(0);
    await until('it has caught up', async () =>
      (await metric('tickets_projection_lag_events', 'tickets')) === 0 ? true : null,
    );
  });
});

describe('an event that no projection can process', () => {
  it('parks its ticket, visibly everywhere, and others continue', async () => {
    const poisoned = await raise(desk);
    await desk.service.stop();
    const log = await openLog(desk);
    const stream = `ticket-${poisoned.ticketId}`;
    const [last] = await log.readStream(stream, { direction: 'backwards', limit: 1 });
    if (last === undefined) throw new Error('The ticket is not in the log.');
    await log.append(stream, last, [anEvent({ type: 'TicketSeveritySet', schemaVersion: 99 })]);
    await log.close();
    await desk.restart();

    const { ticketId, position } = await raise(desk);
    const { body } = await desk
      .as('lena')
      .get<object>(`/tickets/${ticketId}?minPosition=${position}`);
    expect(body).toMatchObject({ ticketId });
    const tickets = (await projections()).find(({ name }) => name === 'tickets');
    expect(tickets).toMatchObject({
      state: 'running',
      failures: [
        {
          kind: 'parked',
          stream,
          type: 'TicketSeveritySet',
          error: expect.stringMatching(/TicketSeveritySet version 99/),
        },
      ],
    });
    expect(await metric('tickets_projection_parked_streams', 'tickets')).toBe(1);
    expect(await health()).toMatchObject({
      code: 200,
      status: 'degraded',
      parts: { log: 'ok', 'projection tickets': 'streams parked: 1', 'projection services': 'ok' },
    });
    // A retry fails again, without further effects.
    expect((await desk.as('anna').post('/admin/projections/tickets/retry')).status).toBe(202);
    await give(desk, 'lena', ticketId, 'notes', { text: 'Still here.' });
    expect((await projections()).find(({ name }) => name === 'tickets')?.failures).toHaveLength(1);
  });
});
