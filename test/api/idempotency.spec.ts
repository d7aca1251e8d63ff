import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { History } from '#test/support/answers.js';
import { Desk } from '#test/support/desk.js';
import { expectProblem } from '#test/support/problems.js';
import type { Name } from '#test/support/people.js';
import { creation, raise, ticketIn } from '#test/support/tickets.js';

let desk: Desk;
let keys = 0;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const newKey = (): string => `key ${(keys += 1)}`;
const withKey = (key: string) => ({ 'idempotency-key': key });

const create = (key: string, changes = {}, by: Name = 'alice') =>
  desk.as(by).post('/tickets', creation(changes), withKey(key));

const note = (ticketId: string, key: string, text = 'Seen.', by: Name = 'bob') =>
  desk.as(by).command(ticketId, 'notes', { text }, withKey(key));

const historyOf = async (ticketId: string) =>
  (await desk.as('lena').get<History>(`/tickets/${ticketId}/history`)).body.events;

describe('the same request with the same key', () => {
  it('creates one ticket, and returns the first answer', async () => {
    const key = newKey();
    const first = await create(key);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    const again = await create(key);
    expect(again).toMatchObject({
      status: 201,
      body: first.body,
      headers: {
        'idempotency-replayed': 'true',
        etag: first.headers.etag,
        location: first.headers.location,
      },
    });
  });

  it('returns the first answer also after other writes', async () => {
    const { ticketId } = await raise(desk);
    const key = newKey();
    const first = await note(ticketId, key);
    await desk.as('bob').command(ticketId, 'handle');
    const again = await note(ticketId, key);
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect(again.headers).toMatchObject({ 'idempotency-replayed': 'true', etag: '"2"' });
    expect(await historyOf(ticketId)).toHaveLength(4);
  });

  it('returns all events of a command that has two', async () => {
    const { ticketId } = await ticketIn(desk, 'pending_confirmation');
    const confirm = () => desk.as('alice').command(ticketId, 'confirm', { rating: 4 }, key);
    const key = withKey(newKey());
    const first = await confirm();
    expect(first.body.events).toEqual(['ResolutionConfirmed', 'TicketClosed']);
    expect((await confirm()).body).toEqual(first.body);
  });

  it('is recognised in any JSON formatting', async () => {
    const { ticketId } = await ticketIn(desk, 'processing');
    const key = { ...withKey(newKey()), 'content-type': 'application/json' };
    const send = (body: string) =>
      desk.as('bob').json({
        method: 'POST',
        path: `/api/v1/tickets/${ticketId}/forward`,
        headers: key,
        body,
      });
    const first = await send('{"engineerId":"dave","reason":"Ill"}');
    const again = await send('{ "reason": "I\\u006cl",\n "engineerId": "dave" }');
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('returns it after a restart by %s', async (signal) => {
    const { ticketId } = await raise(desk);
    const [creating, noting] = [newKey(), newKey()];
    const created = await create(creating);
    const noted = await note(ticketId, noting);
    await desk.restart(signal);
    const createdAgain = await create(creating);
    const notedAgain = await note(ticketId, noting);
    expect([createdAgain.body, notedAgain.body]).toEqual([created.body, noted.body]);
    expect(createdAgain.headers['idempotency-replayed']).toBe('true');
    expect(notedAgain.headers['idempotency-replayed']).toBe('true');
    expect(await historyOf(ticketId)).toHaveLength(3);
  });

  it('has one effect and one answer if sent concurrently', async () => {
    const [creating, noting] = [newKey(), newKey()];
    const created = await Promise.all(Array.from({ length: 20 }, () => create(creating)));
    const [first] = created;
    expect(created.map(({ body }) => body)).toEqual(created.map(() => first?.body));
    const { ticketId } = await raise(desk);
    const noted = await Promise.all(Array.from({ length: 20 }, () => note(ticketId, noting)));
    expect(noted.map(({ body }) => body)).toEqual(noted.map(() => noted[0]?.body));
    const replayed = noted.filter(({ headers }) => headers['idempotency-replayed'] === 'true');
    expect(replayed).toHaveLength(19);
    expect(await historyOf(ticketId)).toHaveLength(3);
  });

  it('returns the first answer with an outdated If-Match', async () => {
    const { ticketId, revision } = await raise(desk);
    const headers = { ...withKey(newKey()), 'if-match': `"${revision}"` };
    const send = () => desk.as('bob').command(ticketId, 'notes', { text: 'Seen.' }, headers);
    const first = await send();
    expect(await send()).toMatchObject({ status: 200, body: first.body });
  });

  it('works for services and engineers, too', async () => {
    const key = withKey(newKey());
    const put = () => desk.as('anna').put('/services/printing', { name: 'Printing' }, key);
    const first = await put();
    expect(first).toMatchObject({ status: 200, body: { events: ['ServiceRegistered'] } });
    const again = await put();
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
  });
});

describe('a used key', () => {
  it('is refused with another body, ticket or command', async () => {
    const { ticketId } = await raise(desk);
    const other = await raise(desk);
    const key = newKey();
    expect((await note(ticketId, key)).status).toBe(200);
    expectProblem(await note(ticketId, key, 'Other.'), 'idempotency_key_reused');
    expectProblem(await note(other.ticketId, key), 'idempotency_key_reused');
    const handle = desk.as('bob').command(ticketId, 'handle', undefined, withKey(key));
    expectProblem(await handle, 'idempotency_key_reused');
    expect(await historyOf(ticketId)).toHaveLength(3);
    expect(await historyOf(other.ticketId)).toHaveLength(2);
  });

  it('of a creation is refused for another creation, and the first one stays', async () => {
    const key = newKey();
    const { body } = await create(key);
    expectProblem(await create(key, { description: 'Another.' }), 'idempotency_key_reused');
    expect(await historyOf(body.ticketId)).toHaveLength(2);
  });

  it('of a command is refused for a creation, and vice versa', async () => {
    const key = newKey();
    const { ticketId } = await raise(desk);
    const message = () =>
      desk.as('alice').command(ticketId, 'messages', { message: 'Hello.' }, withKey(key));
    expect((await message()).status).toBe(200);
    expectProblem(await create(key), 'idempotency_key_reused');
    const created = newKey();
    expect((await create(created)).status).toBe(201);
    const other = desk.as('alice').command(ticketId, 'cancel', undefined, withKey(created));
    expectProblem(await other, 'idempotency_key_reused');
  });

  it('is free for another caller, also with the same id in another tenant', async () => {
    const key = newKey();
    const answers = [
      await create(key),
      await create(key, {}, 'mallory'),
      await create(key, {}, 'otherAlice'),
    ];
    const ids = answers.map(({ body }) => body.ticketId);
    expect(new Set(ids).size).toBe(3);
    expect(answers.map(({ headers }) => headers['idempotency-replayed'])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('an attempt that appended nothing', () => {
  it('is decided again after a refusal', async () => {
    const key = newKey();
    expectProblem(await create(key, { serviceId: 'later' }), 'unknown_service');
    await desk.putService('later');
    const answer = await create(key, { serviceId: 'later' });
    expect(answer.status).toBe(201);
    expect(answer.headers['idempotency-replayed']).toBeUndefined();
  });

  it('leaves its key free for another request', async () => {
    const { ticketId } = await raise(desk);
    const key = newKey();
    const resume = desk.as('bob').command(ticketId, 'resume', undefined, withKey(key));
    expectProblem(await resume, 'forbidden');
    expect((await note(ticketId, key)).status).toBe(200);
  });

  it('is decided again after a harmless repeat', async () => {
    const { ticketId } = await ticketIn(desk, 'processing');
    const handle = () => desk.as('bob').command(ticketId, 'handle', undefined, headers);
    const headers = withKey(newKey());
    expect((await handle()).body.events).toEqual([]);
    await desk.as('lena').command(ticketId, 'forward', { engineerId: 'carol' });
    expectProblem(await handle(), 'already_handled');
  });
});

describe('a key', () => {
  it.each([1, 128])('may have %i characters', async (length) => {
    expect((await create('k'.repeat(length))).status).toBe(201);
  });

  it.each([
    ['none', ''],
    ['129', 'k'.repeat(129)],
    ['ones that cannot be printed', 'a\tb'],
  ])('may not have %s', async (_, key) => {
    expectProblem(await create(key), 'invalid_request');
  });
});
