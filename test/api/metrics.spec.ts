import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Desk } from '#test/support/desk.js';
import { EventStream } from '#test/support/event-stream.js';
import { metricsOf } from '#test/support/metrics.js';
import { logName } from '#test/support/stores.js';
import { creation, give, raise } from '#test/support/tickets.js';
import { until } from '#test/support/until.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const metrics = () => metricsOf(desk.url);

/** The growth of a sample during some work. */
async function growth(sample: string, act: () => Promise<unknown>): Promise<number> {
  const before = (await metrics()).get(sample) ?? 0;
  await act();
  return ((await metrics()).get(sample) ?? 0) - before;
}

const commands = (command: string, outcome: string, code = '') =>
  `tickets_commands_total{aggregate="ticket",command="${command}",outcome="${outcome}",code="${code}"}`;

describe('commands are counted by their outcome', () => {
  it('accepted, repeated, and refused with its code', async () => {
    const { ticketId } = await raise(desk);
    const note = () => give(desk, 'bob', ticketId, 'notes', { text: 'A note.' });
    expect(await growth(commands('notes', 'accepted'), note)).toBe(1);
    await give(desk, 'bob', ticketId, 'handle');
    const again = () => give(desk, 'bob', ticketId, 'handle');
    expect(await growth(commands('handle', 'repeated'), again)).toBe(1);
    const confirm = () => desk.as('alice').command(ticketId, 'confirm');
    expect(await growth(commands('confirm', 'refused', 'illegal_transition'), confirm)).toBe(1);
    const foreign = () => desk.as('mallory').command(ticketId, 'cancel');
    expect(await growth(commands('cancel', 'refused', 'not_found'), foreign)).toBe(1);
  });

  it('replayed, with a reused key, and with a wrong revision', async () => {
    const { ticketId } = await raise(desk);
    const withKey = (text: string) =>
      desk.as('bob').command(ticketId, 'notes', { text }, { 'idempotency-key': ticketId });
    expect(await growth(commands('notes', 'accepted'), () => withKey('One.'))).toBe(1);
    expect(await growth(commands('notes', 'replayed'), () => withKey('One.'))).toBe(1);
    const reused = commands('notes', 'idempotency_key_reused');
    expect(await growth(reused, () => withKey('Two.'))).toBe(1);
    const late = () =>
      desk.as('bob').command(ticketId, 'notes', { text: 'Late.' }, { 'if-match': '"9"' });
    expect(await growth(commands('notes', 'revision_mismatch'), late)).toBe(1);
  });

  it('with each append once, by its store', async () => {
    const appends = `tickets_append_seconds_count{store="${logName()}",outcome="appended"}`;
    expect(await growth(appends, () => raise(desk))).toBe(1);
  });
});

describe('requests are timed by their routes', () => {
  const requests = (method: string, route: string, status: number) =>
    `tickets_http_request_seconds_count{method="${method}",route="${route}",status="${status}"}`;

  it('independently of their ids and parameters', async () => {
    const created = requests('POST', '/api/v1/tickets', 201);
    expect(await growth(created, () => raise(desk))).toBe(1);
    const { ticketId, position } = await raise(desk);
    const shown = requests('GET', '/api/v1/tickets/:ticketId', 200);
    const show = () => desk.as('alice').get(`/tickets/${ticketId}?minPosition=${position}`);
    expect(await growth(shown, show)).toBe(1);
    const refused = requests('POST', '/api/v1/tickets', 400);
    expect(await growth(refused, () => desk.as('alice').post('/tickets', {}))).toBe(1);
    const nowhere = requests('GET', 'none', 404);
    expect(await growth(nowhere, () => desk.as('alice').get(`/nowhere/${ticketId}`))).toBe(1);
    expect([...(await metrics()).keys()].join()).not.toContain(ticketId);
  });

  it('except streams, whose number is a gauge', async () => {
    const stream = await EventStream.open(desk.as('bob'));
    expect((await metrics()).get('tickets_open_event_streams')).toBe(1);
    stream.cut();
    await until('none is open', async () =>
      (await metrics()).get('tickets_open_event_streams') === 0 ? true : null,
    );
    expect([...(await metrics()).keys()].join()).not.toContain('route="/api/v1/events"');
  });
});

describe('cache lookups are counted', () => {
  const looks = (cache: string, result: string) =>
    `tickets_cache_lookups_total{cache="${cache}",result="${result}"}`;

  it('by hit and miss', async () => {
    const { ticketId } = await raise(desk);
    // The dispatch looks up the ticket, too.
    await until('the ticket is dispatched', async () => {
      const { body } = await desk
        .as('bob')
        .get<{ owners?: readonly string[] }>(`/tickets/${ticketId}`);
      return body.owners?.length ? true : null;
    });
    const note = () => give(desk, 'bob', ticketId, 'notes', { text: 'A note.' });
    expect(await growth(looks('folded streams', 'hit'), note)).toBe(1);
    expect(await growth(looks('folded streams', 'miss'), () => raise(desk))).toBe(1);
    expect(await growth(looks('verified tokens', 'hit'), note)).toBe(1);
    const stranger = () =>
      desk.as('alice').post('/tickets', creation(), { authorization: 'Bearer x.y.z' });
    expect(await growth(looks('verified tokens', 'miss'), stranger)).toBe(1);
  });
});
