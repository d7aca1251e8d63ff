import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Desk } from '#test/support/desk.js';
import { expectProblem } from '#test/support/problems.js';
import { creation, give, raise } from '#test/support/tickets.js';
import { until } from '#test/support/until.js';

interface Consumer {
  readonly name: string;
  readonly position: string | null;
  readonly rebuild: object | null;
  readonly failures: readonly { readonly stream?: string; readonly error: string }[];
}

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const SECRET = 'The secret words.';

/** Replaces a record by one of another program, with a hash that is right. */
function rewrite(
  ticketId: string,
  revision: number,
  change: (record: { data: object; metadata: object; at: unknown }) => object,
): void {
  const database = new DatabaseSync(join(desk.folder, 'events.db'));
  database.exec('PRAGMA busy_timeout = 5000');
  const where = `revision = ${revision} AND stream = (SELECT number FROM streams WHERE name = ?)`;
  const { record } = database
    .prepare(`SELECT record FROM events WHERE ${where}`)
    .get(`ticket-${ticketId}`) as { record: string };
  const changed = JSON.stringify(change(JSON.parse(record) as never));
  const hash = createHash('sha256').update(changed).digest('hex');
  database
    .prepare(`UPDATE events SET record = ?, hash = unhex(?) WHERE ${where}`)
    .run(changed, hash, `ticket-${ticketId}`);
  database.close();
}

/** Changes the stored log, also while the service runs. */
function inLog(sql: string, ...values: string[]): void {
  const database = new DatabaseSync(join(desk.folder, 'events.db'));
  database.exec('PRAGMA busy_timeout = 5000');
  database.prepare(sql).run(...values);
  database.close();
}

const alter = (stream: string, revision: number): void => {
  inLog(
    `UPDATE events SET record = replace(record, 'secret', 'SECRET') WHERE revision = ${revision}
     AND stream = (SELECT number FROM streams WHERE name = ?)`,
    stream,
  );
};

const consumers = async (): Promise<readonly Consumer[]> =>
  (await desk.as('anna').get<{ items: Consumer[] }>('/admin/consumers')).body.items;

/** Waits until every consumer has processed a position and rebuilds nothing. */
const settled = (position: string) =>
  until('every consumer has read the log', async () => {
    const items = await consumers();
    const isDone = (one: Consumer) =>
      one.rebuild === null && BigInt(one.position ?? -1) >= BigInt(position);
    return items.every(isDone) ? items : null;
  });

/** The last revision of a ticket with a secret. */
const LAST = 4;

/** A ticket with a secret in revision 3: it was created, dispatched and handled before. */
async function ticketWithSecret(): Promise<string> {
  const { ticketId } = await raise(desk);
  await give(desk, 'bob', ticketId, 'handle');
  await give(desk, 'bob', ticketId, 'notes', { text: SECRET });
  await give(desk, 'bob', ticketId, 'notes', { text: 'More.' });
  return ticketId;
}

/** Expects that a ticket is refused everywhere with its place, and with nothing of its content. */
async function expectRefused(ticketId: string, revision: number): Promise<void> {
  const bob = desk.as('bob');
  for (const answer of [
    await bob.get(`/tickets/${ticketId}/history`),
    await bob.get(`/tickets/${ticketId}?revision=${revision}`),
    await bob.get(`/tickets/${ticketId}?asOf=2036-01-01T00:00:00Z`),
    await bob.command(ticketId, 'notes', { text: 'And more.' }),
    await bob.get(`/tickets/${ticketId}`),
  ]) {
    const { detail } = expectProblem(answer, 'history_damaged');
    expect(detail).toMatch(
      new RegExp(`ticket-${ticketId} .*revision ${revision} at position \\d+`),
    );
    expect(answer.text).not.toMatch(/secret/i);
    expect(answer.headers['retry-after']).toBeUndefined();
  }
  await expectHidden(ticketId);
}

/** Expects the answers for a ticket that does not exist, for a customer who has not raised it. */
async function expectHidden(ticketId: string): Promise<void> {
  const mallory = desk.as('mallory');
  for (const id of [ticketId, '019ab3c4-5d6e-7f80-9123-456789abcdef']) {
    const { detail } = expectProblem(await mallory.get(`/tickets/${id}`), 'not_found');
    for (const answer of [
      await mallory.get(`/tickets/${id}/history`),
      await mallory.get(`/tickets/${id}?revision=3`),
      await mallory.get(`/tickets/${id}/entries`),
      await mallory.command(id, 'messages', { message: 'Mine?' }),
      await mallory.command(id, 'confirm', {}),
    ])
      expect(expectProblem(answer, 'not_found').detail).toBe(detail);
    const following = await mallory.post('/tickets', creation({ previousTicketId: id }));
    expectProblem(following, 'invalid_request');
  }
}

describe('a record that was altered at rest', () => {
  it('is refused with its place, parked by every projection of it, and all else goes on', async () => {
    const altered = await ticketWithSecret();
    // The policy, which is not rebuilt, has read it.
    await settled((await raise(desk)).position);
    await desk.service.stop();
    alter(`ticket-${altered}`, 3);
    // The read models are built from the altered log.
    for (const end of ['', '-wal', '-shm'])
      rmSync(join(desk.folder, `read-models.db${end}`), { force: true });
    await desk.restart();
    const other = await ticketWithSecret();
    const { position } = await raise(desk);
    const items = await settled(position);
    const failed = (name: string) => items.find((one) => one.name === name)?.failures ?? [];
    for (const name of ['tickets', 'ticket-entries', 'log-check']) {
      expect(failed(name)).toMatchObject([{ stream: `ticket-${altered}` }]);
      expect(failed(name)[0]?.error).toContain('was altered');
    }
    await until('queries know it', async () =>
      (await desk.as('bob').get(`/tickets/${altered}`)).status === 500 ? true : null,
    );
    await expectRefused(altered, 3);

    expect((await desk.as('bob').get(`/tickets/${other}/history`)).status).toBe(200);
    const { status, body } = await desk
      .as('bob')
      .get<{ items: { ticketId: string }[] }>('/tickets?limit=200');
    expect(status).toBe(200);
    expect(body.items.map(({ ticketId }) => ticketId)).toContain(other);
    const health = await fetch(`${desk.url}/health/ready`);
    expect(health.status).toBe(200);
    expect(await health.text()).toContain('degraded');
    expect(await (await fetch(`${desk.url}/metrics`)).text()).toMatch(
      /^tickets_damaged_streams 1$/m,
    );
    const lines = desk.service.complaints.split('\n').filter((line) => line.includes(altered));
    expect(lines).toHaveLength(1);
    expect(desk.service.complaints).not.toMatch(/secret/i);
  });
});

describe('the last record of the log', () => {
  it('that was exchanged for another concerns its own ticket only', async () => {
    const { ticketId: other } = await raise(desk, { serviceId: 'orphan' });
    const { ticketId, position } = await raise(desk, { serviceId: 'orphan' });
    await settled(position);
    await desk.service.stop();
    inLog(
      `UPDATE events SET (record, hash) = (SELECT record, hash FROM events WHERE stream =
       (SELECT number FROM streams WHERE name = ?)) WHERE position = ?`,
      ...[`ticket-${other}`, position],
    );
    await desk.restart();
    await desk.as('anna').post('/admin/projections/log-check/rebuild', {});
    await until('queries know it', async () =>
      (await desk.as('bob').get(`/tickets/${ticketId}`)).status === 500 ? true : null,
    );
    expect((await desk.as('bob').get(`/tickets/${other}/history`)).status).toBe(200);
    await raise(desk);
  });
});

describe('a record that is altered under the running service', () => {
  it('is refused once the log is checked, also where it is cached', async () => {
    const altered = await ticketWithSecret();
    const { position } = await raise(desk);
    await settled(position);
    alter(`ticket-${altered}`, 3);
    expectProblem(await desk.as('bob').get(`/tickets/${altered}/history`), 'history_damaged');
    await desk.as('anna').post('/admin/projections/log-check/rebuild', {});
    await until('queries know it', async () =>
      (await desk.as('bob').get(`/tickets/${altered}`)).status === 500 ? true : null,
    );
    await expectRefused(altered, 3);
  });

  it('that is missing or unreadable is refused likewise', async () => {
    const tickets = [await ticketWithSecret(), await ticketWithSecret()] as const;
    const { position } = await raise(desk);
    await settled(position);
    const stream = '(SELECT number FROM streams WHERE name = ?)';
    inLog(`DELETE FROM events WHERE revision = 3 AND stream = ${stream}`, `ticket-${tickets[0]}`);
    inLog(
      `UPDATE events SET record = '{"secret' WHERE revision = 3 AND stream = ${stream}`,
      `ticket-${tickets[1]}`,
    );
    await desk.as('anna').post('/admin/projections/log-check/rebuild', {});
    for (const ticketId of tickets) {
      await until('queries know it', async () =>
        (await desk.as('bob').get(`/tickets/${ticketId}`)).status === 500 ? true : null,
      );
      await expectRefused(ticketId, 3);
    }
  });
});

describe('a record of another program with a hash that is right', () => {
  it.each<[string, (record: { data: object; metadata: object; at: unknown }) => object]>([
    ['no data', (record) => ({ ...record, data: {} })],
    ['a list as data', (record) => ({ ...record, data: ['secret'] })],
    ['a number as text', (record) => ({ ...record, data: { text: 7 } })],
    ['no time', (record) => ({ ...record, at: 'secret' })],
    ['a type that cannot follow', (record) => ({ ...record, type: 'TicketCreated' })],
  ])('that has %s is refused likewise', async (_, change) => {
    const ticketId = await ticketWithSecret();
    // A record that was read last and differs now would look like another log.
    await settled((await raise(desk)).position);
    rewrite(ticketId, LAST, change);
    for (const path of ['history', `?revision=${LAST}`]) {
      const answer = await desk.as('bob').get(`/tickets/${ticketId}/${path}`.replace('/?', '?'));
      const { detail } = expectProblem(answer, 'history_damaged');
      expect(detail).toContain(`revision ${LAST} at position`);
      expect(answer.text).not.toMatch(/secret/i);
    }
  });

  it('is refused with its place, and hidden from strangers', async () => {
    const altered: readonly [string, number][] = [
      [await ticketWithSecret(), 0],
      [await ticketWithSecret(), LAST],
    ];
    const { position } = await raise(desk);
    await settled(position);
    await desk.service.stop();
    for (const [ticketId, revision] of altered)
      rewrite(ticketId, revision, (record) => ({ ...record, data: {} }));
    await desk.restart();
    await desk.as('anna').post('/admin/projections/log-check/rebuild', {});
    for (const [ticketId, revision] of altered) {
      await until('queries know it', async () =>
        (await desk.as('bob').get(`/tickets/${ticketId}`)).status === 500 ? true : null,
      );
      await expectRefused(ticketId, revision);
    }
  });
});

it('does not keep other tickets of its service from being dispatched', async () => {
  // Given
  const serviceId = 'late';
  await desk.as('anna').put(`/services/${serviceId}`, { name: 'Late' });
  const altered = await raise(desk, { serviceId, description: 'This is secret.' });
  const { ticketId, position } = await raise(desk, { serviceId });
  await settled(position);
  await desk.service.stop();
  alter(`ticket-${altered.ticketId}`, 0);
  await desk.restart();
  // When
  const [anna, bob] = [desk.as('anna'), desk.as('bob')];
  await anna.put(`/services/${serviceId}/owners`, { engineerIds: ['bob'] });
  // Then
  await until('the other one is dispatched', async () =>
    (await bob.get(`/tickets/${ticketId}/history`)).text.includes('TicketDispatched') ? true : null,
  );
  await settled((await raise(desk)).position);
});
