import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { History, HistoryEvent, TicketAccepted } from '#test/support/answers.js';
import { Client } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import { EventStream, type LiveEvent } from '#test/support/event-stream.js';
import { tokenFor, type Name } from '#test/support/people.js';
import { expectProblem } from '#test/support/problems.js';
import { creation, give, raise, ticketIn } from '#test/support/tickets.js';
import { pause, until } from '#test/support/until.js';

const NOTE = 'The customer is tiresome.';
const EMAIL = 'alice.private@acme.example';

let desk: Desk;
/** Has nothing to see all the time: what keeps a silent stream alive is seen on it. */
let silent: EventStream;
beforeAll(async () => {
  desk = await Desk.open();
  silent = await EventStream.open(desk.as('otherAlice'));
});
afterAll(() => desk.close());

const open = (by: Name, lastEventId?: string) => EventStream.open(desk.as(by), lastEventId);

/** A ticket of alice's that has seen a lot, and something private. */
async function longTicket(description = 'The tunnel drops.\nEvery hour.'): Promise<TicketAccepted> {
  const { ticketId } = await ticketIn(desk, 'pending_reply', {
    description,
    contact: { email: EMAIL },
  });
  await give(desk, 'dave', ticketId, 'notes', { text: NOTE });
  await give(desk, 'bob', ticketId, 'resolve', { summary: 'Renewed it.' });
  return give(desk, 'alice', ticketId, 'confirm', { rating: 5, comment: 'Grazie.' });
}

const historyOf = async (by: Name, ticketId: string): Promise<readonly HistoryEvent[]> =>
  (await desk.as(by).get<History>(`/tickets/${ticketId}/history`)).body.events;

/** What a stream has of tickets, as their histories tell it. */
const asHistory = (events: readonly LiveEvent[]) =>
  events.flatMap(({ ticketId, revision, position, type, at, actor, data }) =>
    ticketId === undefined ? [] : [{ revision, position, type, at, actor, data }],
  );
const comparable = ({ revision, position, type, at, actor, data }: HistoryEvent) => ({
  revision,
  position,
  type,
  at,
  actor,
  data,
});

describe('a stream of events', () => {
  it('says what it is, and how to come again', async () => {
    const stream = await open('bob');
    expect(stream.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const { position } = await raise(desk);
    await stream.reaches(position);
    expect(stream.retry).toBe(2_000);
    stream.cut();
  });

  it('tells each event once, in order, by its position and type, as the history has it', async () => {
    const stream = await open('bob');
    const { ticketId, reference, position } = await longTicket();
    await stream.reaches(position);
    stream.cut();
    const { events, messages } = stream;
    expect(asHistory(events)).toEqual((await historyOf('bob', ticketId)).map(comparable));
    expect(messages.map(({ id }) => id)).toEqual(events.map((event) => event.position));
    expect(messages.map(({ event }) => event)).toEqual(events.map(({ type }) => type));
    expect(events.map(({ state }) => state)).toEqual(
      ['pending', 'pending', 'processing', 'pending_feedback', 'pending_reply']
        .concat(['pending_reply', 'pending_confirmation'])
        .concat(['pending_confirmation', 'closed']),
    );
    for (const event of events) expect(event).toMatchObject({ ticketId, reference });
  });

  it('tells of services and engineers', async () => {
    const stream = await open('lena');
    await desk.putService('printing');
    await desk.putEngineer('emil');
    await desk.putOwners('printing', 'emil');
    const { position } = await raise(desk, { serviceId: 'printing' });
    await stream.reaches(position);
    stream.cut();
    expect(stream.events.slice(0, 3)).toMatchObject([
      { serviceId: 'printing', type: 'ServiceRegistered', data: { name: 'PRINTING' } },
      { engineerId: 'emil', type: 'EngineerRegistered', data: { displayName: 'EMIL' } },
      { serviceId: 'printing', type: 'ServiceOwnersConfigured', data: { owners: ['emil'] } },
    ]);
  });

  it('begins with what happens after it was asked for, or behind the event that is named', async () => {
    const { ticketId } = await ticketIn(desk, 'pending_reply');
    const told = await historyOf('bob', ticketId);
    const second = told[1]?.position;
    const [stream, later] = await Promise.all([open('bob'), open('bob', second)]);
    const { position } = await give(desk, 'dave', ticketId, 'notes', { text: NOTE });
    await Promise.all([stream.reaches(position), later.reaches(position)]);
    expect(stream.events.map((event) => event.position)).toEqual([position]);
    expect(later.events.map(({ revision }) => revision)).toEqual([2, 3, 4, 5]);
    for (const each of [stream, later]) each.cut();
  });

  it('tells its place before any event: who is cut off early misses nothing', async () => {
    const stream = await open('bob');
    await pause(100);
    stream.cut();
    expect(stream.messages).toEqual([]);
    const { ticketId, position } = await raise(desk);
    const again = await open('bob', stream.lastEventId);
    await again.reaches(position);
    again.cut();
    expect(again.events.map((event) => event.ticketId)).toEqual([ticketId, ticketId]);
  });
});

describe('whoever is cut off again and again, anywhere in a message', () => {
  /** Reads on from an event, cut off after so many bytes each time, and then up to a position. */
  async function readInPieces(
    by: Name,
    from: string,
    cuts: readonly number[],
    upTo: () => Promise<string>,
  ): Promise<LiveEvent[]> {
    const events: LiveEvent[] = [];
    let lastEventId = from;
    for (const cut of cuts) {
      const stream = await EventStream.open(desk.as(by), lastEventId, cut);
      await Promise.race([stream.ended, pause(100)]);
      stream.cut();
      await stream.ended;
      events.push(...stream.events);
      lastEventId = stream.lastEventId || lastEventId;
    }
    const last = await open(by, lastEventId);
    await last.reaches(await upTo());
    last.cut();
    return [...events, ...last.events];
  }

  async function raiseSome(rests: readonly number[]): Promise<TicketAccepted[]> {
    const tickets: TicketAccepted[] = [];
    for (const rest of rests) {
      tickets.push(await longTicket());
      await pause(rest);
    }
    return tickets;
  }

  /** In bytes: some end in the opening, some in a message, some bring many messages. */
  const cuts = fc.array(fc.integer({ min: 10, max: 6_000 }), { minLength: 12, maxLength: 12 });
  const rests = fc.array(fc.nat(100), { minLength: 6, maxLength: 6 });

  it.each(['bob', 'alice'] as const)('has everything once in the end: %s', async (by) => {
    const property = fc.asyncProperty(cuts, rests, async (pieces, pauses) => {
      const first = await open(by);
      await until('its place is told', () => first.lastEventId || null);
      first.cut();
      const raised = raiseSome(pauses);
      const upTo = async () => (await raised).at(-1)?.position ?? '';
      const events = await readInPieces(by, first.lastEventId, pieces, upTo);
      const ids = (await raised).map(({ ticketId }) => ticketId);
      const told = (await Promise.all(ids.map((id) => historyOf(by, id)))).flat();
      expect(asHistory(events)).toEqual(told.map(comparable));
    });
    await fc.assert(property, { numRuns: 4, endOnFailure: true });
  });
});

describe('what is seen', () => {
  let ticketId: string;
  let seen: Readonly<
    Record<'alice' | 'mallory' | 'otherAlice' | 'bob' | 'audra' | 'rita' | 'anna', EventStream>
  >;
  beforeAll(async () => {
    const names = ['alice', 'mallory', 'otherAlice', 'bob', 'audra', 'rita', 'anna'] as const;
    const streams = await Promise.all(names.map((name) => open(name)));
    seen = Object.fromEntries(names.map((name, index) => [name, streams[index]])) as typeof seen;
    ({ ticketId } = await longTicket());
    await desk.putOwners('mail', 'bob', 'carol');
    await desk.putEngineer('fred');
    await desk.putService('fax');
    const own = await raise(desk, { description: 'Globex only.' }, 'otherAlice');
    const mallorys = await raise(desk, { description: 'My own tunnel.' }, 'mallory');
    await Promise.all([
      seen.otherAlice.reaches(own.position),
      ...[seen.mallory, seen.bob, seen.audra, seen.rita].map((stream) => {
        return stream.reaches(mallorys.position);
      }),
      pause(1_000),
    ]);
    for (const stream of streams) stream.cut();
  });

  const typesOf = (stream: EventStream) => stream.events.map(({ type }) => type);
  const textOf = (stream: EventStream) => JSON.stringify(stream.messages);

  it('by a customer: their own tickets, without notes, and the services, not who owns them', async () => {
    expect(asHistory(seen.alice.events)).toEqual(
      (await historyOf('alice', ticketId)).map(comparable),
    );
    expect(textOf(seen.alice)).not.toContain(NOTE);
    expect(typesOf(seen.alice)).not.toContain('InternalNoteAdded');
    const others = seen.alice.events.filter((event) => event.ticketId === undefined);
    expect(others).toMatchObject([{ serviceId: 'fax', type: 'ServiceRegistered' }]);
    expect(others).toHaveLength(1);
  });

  it.each([
    ['of the same tenant', 'mallory', 'My own tunnel.'],
    ['of the same name and another tenant', 'otherAlice', 'Globex only.'],
  ] as const)('by another customer %s: nothing but theirs', (_, name, description) => {
    expect(typesOf(seen[name])).toEqual(['ServiceRegistered', 'TicketCreated', 'TicketDispatched']);
    expect(seen[name].events[1]?.data).toMatchObject({ description });
  });

  it.each(['bob', 'audra'] as const)('by %s: everything', async (name) => {
    const { events } = seen[name];
    const all = (await historyOf('bob', ticketId)).map(comparable);
    expect(asHistory(events.filter((event) => event.ticketId === ticketId))).toEqual(all);
    expect(events.filter((event) => event.ticketId === undefined)).toHaveLength(3);
    expect(events).toHaveLength(all.length + 3 + 4);
  });

  it('by a reporter: everything that happened, and nothing of what was written', () => {
    expect(typesOf(seen.rita)).toEqual(typesOf(seen.bob));
    for (const event of seen.rita.events) {
      const { data, ...rest } = seen.bob.events.find(
        ({ position }) => position === event.position,
      ) as LiveEvent;
      expect(event).toEqual(event.ticketId === undefined ? { ...rest, data } : rest);
    }
    expect(textOf(seen.rita)).not.toMatch(/tunnel|Globex|tiresome|Renewed|Monday|Grazie/);
  });

  it('by an administrator: services and engineers alone', () => {
    expect(typesOf(seen.anna)).toEqual([
      'ServiceOwnersConfigured',
      'EngineerRegistered',
      'ServiceRegistered',
    ]);
  });

  it('by nobody: how to reach a customer', () => {
    for (const stream of Object.values(seen)) expect(textOf(stream)).not.toContain(EMAIL);
    expect(seen.bob.events.find(({ type }) => type === 'TicketCreated')?.data).toMatchObject({
      contact: 'withheld',
    });
  });

  it('by a customer who is a reporter, too: free text on their own tickets alone', async () => {
    const before = await historyOf('bob', ticketId);
    const person = { sub: 'mallory', tenant: 'acme', roles: ['customer', 'reporter'] };
    const client = new Client(desk.url, await tokenFor(desk.folder, person));
    const stream = await EventStream.open(client, before[0]?.position);
    const own = await client.post('/tickets', creation({ description: 'Mine.' }));
    await give(desk, 'dave', own.body.ticketId, 'notes', { text: NOTE });
    const { position } = await raise(desk);
    await stream.reaches(position);
    stream.cut();
    const withText = stream.events.filter((event) => event.ticketId && event.data);
    expect(withText.map(({ data, type }) => data?.['description'] ?? type)).toEqual([
      'My own tunnel.',
      'TicketDispatched',
      'Mine.',
      'TicketDispatched',
    ]);
    expect(textOf(stream)).not.toContain(NOTE);
  });
});

describe('a request for a stream', () => {
  const get = (by: Name, headers: Record<string, string> = {}, query = '') =>
    desk.as(by).get<object>(`/events${query}`, headers);

  it.each(['petra', 'norma'] as const)('of %s, who may see nothing, is refused', async (name) => {
    expectProblem(await get(name), 'forbidden');
  });

  it('without a token is refused', async () => {
    expectProblem(await desk.asNobody().get('/events'), 'unauthenticated');
  });

  it.each([
    '',
    'x',
    '-1',
    '1.5',
    '+1',
    '1e3',
    '0x10',
    '12 34',
    '1, 2',
    '999999999999999999',
    '9'.repeat(20),
  ])('with the Last-Event-ID %j, which is none of ours, is refused', async (id) => {
    const { detail } = expectProblem(await get('bob', { 'last-event-id': id }), 'invalid_request');
    expect(detail).toContain('Last-Event-ID');
  });

  it('behind the very last event is taken', async () => {
    const { position } = await raise(desk);
    const stream = await open('bob', position);
    stream.cut();
    expectProblem(
      await get('bob', { 'last-event-id': `${BigInt(position) + 1n}` }),
      'invalid_request',
    );
  });

  it('with minPosition waits until the log has it, and begins at the head as it was', async () => {
    const { position, ticketId } = await raise(desk);
    const asking = get('bob', {}, `?minPosition=${BigInt(position) + 1n}`);
    const asked = await Promise.race([asking, pause(300).then(() => 'waiting')]);
    expect(asked).toBe('waiting');
    await give(desk, 'bob', ticketId, 'handle');
    expect((await asking).status).toBe(200);
  });

  it('with a minPosition that does not come is answered 503 after five seconds', async () => {
    const before = performance.now();
    const answer = await get('bob', {}, '?minPosition=999999');
    expectProblem(answer, 'unavailable');
    expect(answer.headers['retry-after']).toMatch(/^\d+$/);
    expect(performance.now() - before).toBeGreaterThan(4_900);
  });

  it('by HEAD is answered with the head alone', async () => {
    const answer = await desk.as('bob').send({ method: 'HEAD', path: '/api/v1/events' });
    expect(answer).toMatchObject({ status: 200, text: '' });
    expect(answer.headers['content-type']).toBe('text/event-stream; charset=utf-8');
  });
});

describe('a silent stream', () => {
  it('is kept alive every 15 seconds, and told how far it has got', async () => {
    const { position } = await raise(desk);
    const before = silent.comments.length;
    await until('a heartbeat comes', () => silent.comments[before] ?? null);
    expect(silent.comments.slice(before)).toEqual(['keep-alive']);
    expect(BigInt(silent.lastEventId)).toBeGreaterThanOrEqual(BigInt(position));
    silent.cut();
  });
});
