import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TicketAccepted } from '#test/support/answers.js';
import { Desk } from '#test/support/desk.js';
import { EventStream, type LiveEvent } from '#test/support/event-stream.js';
import type { Name } from '#test/support/people.js';
import { expectProblem } from '#test/support/problems.js';
import { asHistory, comparable, historyOf, longTicket, NOTE } from '#test/support/long-ticket.js';
import { give, raise, ticketIn } from '#test/support/tickets.js';
import { pause, until } from '#test/support/until.js';

let desk: Desk;
/** A stream without visible events, on which keep-alives are observed. */
let silent: EventStream;
beforeAll(async () => {
  desk = await Desk.open();
  silent = await EventStream.open(desk.as('otherAlice'));
});
afterAll(() => desk.close());

const open = (by: Name, lastEventId?: string) => EventStream.open(desk.as(by), lastEventId);

describe('a stream of events', () => {
  it('has the headers of a stream, and a retry delay', async () => {
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

  it('sends each event once, in order, with position and type, as the history has it', async () => {
    const stream = await open('bob');
    const { ticketId, reference, position } = await longTicket(desk);
    await stream.reaches(position);
    stream.cut();
    const { events, messages } = stream;
    expect(asHistory(events)).toEqual((await historyOf(desk, 'bob', ticketId)).map(comparable));
    expect(messages.map(({ id }) => id)).toEqual(events.map((event) => event.position));
    expect(messages.map(({ event }) => event)).toEqual(events.map(({ type }) => type));
    expect(events.map(({ state }) => state)).toEqual(
      ['pending', 'pending', 'processing', 'pending_feedback', 'pending_reply']
        .concat(['pending_reply', 'pending_confirmation'])
        .concat(['pending_confirmation', 'closed']),
    );
    for (const event of events) expect(event).toMatchObject({ ticketId, reference });
  });

  it('sends events of services and engineers', async () => {
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

  it('begins after the request, or after the event in Last-Event-ID', async () => {
    const { ticketId } = await ticketIn(desk, 'pending_reply');
    const recorded = await historyOf(desk, 'bob', ticketId);
    const second = recorded[1]?.position;
    const [stream, later] = await Promise.all([open('bob'), open('bob', second)]);
    const { position } = await give(desk, 'dave', ticketId, 'notes', { text: NOTE });
    await Promise.all([stream.reaches(position), later.reaches(position)]);
    expect(stream.events.map((event) => event.position)).toEqual([position]);
    expect(later.events.map(({ revision }) => revision)).toEqual([2, 3, 4, 5]);
    for (const each of [stream, later]) each.cut();
  });

  it('sends its position before any event, so that an early disconnection loses nothing', async () => {
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

describe('a client that is disconnected repeatedly, anywhere in a message', () => {
  /** Reads from an event, disconnected after the given numbers of bytes, and finally up to a position. */
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
      ({ lastEventId } = stream);
    }
    const last = await open(by, lastEventId);
    await last.reaches(await upTo());
    last.cut();
    return [...events, ...last.events];
  }

  async function raiseSome(rests: readonly number[]): Promise<TicketAccepted[]> {
    const tickets: TicketAccepted[] = [];
    for (const rest of rests) {
      tickets.push(await longTicket(desk));
      await pause(rest);
    }
    return tickets;
  }

  /** In bytes: some end in the opening, some in a message, some after many messages. */
  const cuts = fc.array(fc.integer({ min: 10, max: 6_000 }), { minLength: 12, maxLength: 12 });
  const rests = fc.array(fc.nat(100), { minLength: 6, maxLength: 6 });

  it.each(['bob', 'alice'] as const)('gets every event once: %s', async (by) => {
    const property = fc.asyncProperty(cuts, rests, async (pieces, pauses) => {
      const first = await open(by);
      await until('it has a position', () => first.lastEventId || null);
      first.cut();
      const raised = raiseSome(pauses);
      const upTo = async () => (await raised).at(-1)?.position ?? '';
      const events = await readInPieces(by, first.lastEventId, pieces, upTo);
      const ids = (await raised).map(({ ticketId }) => ticketId);
      const recorded = (await Promise.all(ids.map((id) => historyOf(desk, by, id)))).flat();
      expect(asHistory(events)).toEqual(recorded.map(comparable));
    });
    await fc.assert(property, { numRuns: 2, endOnFailure: true });
  });
});

describe('a request for a stream', () => {
  const get = (by: Name, headers: Record<string, string> = {}, query = '') =>
    desk.as(by).get<object>(`/events${query}`, headers);

  it.each(['petra', 'norma'] as const)('by %s, who may see nothing, is refused', async (name) => {
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
  ])('with the invalid Last-Event-ID %j is refused', async (id) => {
    const { detail } = expectProblem(await get('bob', { 'last-event-id': id }), 'invalid_request');
    expect(detail).toContain('Last-Event-ID');
  });

  it('after the very last event is accepted', async () => {
    const { position } = await raise(desk);
    const stream = await open('bob', position);
    stream.cut();
    expectProblem(
      await get('bob', { 'last-event-id': `${BigInt(position) + 1n}` }),
      'invalid_request',
    );
  });

  it("with a minPosition beyond the log's end is refused", async () => {
    expectProblem(await get('bob', {}, '?minPosition=999999999999'), 'invalid_request');
  });

  it('by HEAD is answered with headers only', async () => {
    const answer = await desk.as('bob').send({ method: 'HEAD', path: '/api/v1/events' });
    expect(answer).toMatchObject({ status: 200, text: '' });
    expect(answer.headers['content-type']).toBe('text/event-stream; charset=utf-8');
  });
});

describe('a silent stream', () => {
  it('gets a keep-alive with its position every 15 seconds', async () => {
    const { position } = await raise(desk);
    const before = silent.comments.length;
    await until('a heartbeat comes', () => silent.comments[before] ?? null);
    expect(silent.comments.slice(before)).toEqual(['keep-alive']);
    expect(BigInt(silent.lastEventId)).toBeGreaterThanOrEqual(BigInt(position));
    silent.cut();
  });
});
