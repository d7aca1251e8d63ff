import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import { EventStream } from '#test/support/event-stream.js';
import { people, tokenFor, type Name } from '#test/support/people.js';
import { expectProblem } from '#test/support/problems.js';
import { give, raise } from '#test/support/tickets.js';
import { pause, until } from '#test/support/until.js';

const MEGABYTE = 1024 * 1024;
const MAX_STREAMS = 1_000;
const MAX_REQUESTS_AT_ONCE = 100;

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open({ STAFF_REQUESTS_AT_ONCE: String(MAX_REQUESTS_AT_ONCE) });
});
afterAll(() => desk.close());

const open = (by: Name, lastEventId?: string) => EventStream.open(desk.as(by), lastEventId);

/** Adds notes of 4 kB each to a ticket, and returns their positions. */
async function writeNotes(ticketId: string, count: number): Promise<readonly bigint[]> {
  const lines = Array.from({ length: count }, (_, index) => ({
    command: 'notes',
    ticketId,
    text: `${index} `.padEnd(4_000, 'x'),
  }));
  const { results } = await desk.as('bob').batch(lines);
  expect(results.every(({ status }) => status === 200)).toBe(true);
  return results.map(({ position }) => BigInt(position ?? -1));
}

async function memoryOfService(): Promise<number> {
  const { text } = await desk.asNobody().send({ method: 'GET', path: '/metrics' });
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1]);
}

/** Opens streams of two people, 50 at a time, and returns those that were not refused. */
async function openMany(count: number): Promise<EventStream[]> {
  const streams: EventStream[] = [];
  for (let asked = 0; asked < count; asked += 50) {
    const some = Array.from({ length: 50 }, (_, index) =>
      open(index % 2 === 0 ? 'bob' : 'carol').catch(() => null),
    );
    streams.push(...(await Promise.all(some)).filter((stream) => stream !== null));
  }
  return streams;
}

describe('readers that do not read', () => {
  it('use no memory for unread events, and get all of them when they resume', async () => {
    const READERS = 30;
    const { ticketId, position: before } = await raise(desk);
    const readers = await Promise.all(Array.from({ length: READERS }, () => open('bob', before)));
    for (const reader of readers) reader.pause();
    // More than the connections themselves buffer, which is some megabytes each.
    const written: bigint[] = [];
    for (let round = 0; round < 3; round++) written.push(...(await writeNotes(ticketId, 1_000)));
    await pause(1_000);
    const atFirst = await memoryOfService();
    // 12 MB more for each of them: 360 MB if the service buffered it. The rest is a margin for drivers.
    for (let round = 0; round < 3; round++) written.push(...(await writeNotes(ticketId, 1_000)));
    await pause(1_000);
    expect((await memoryOfService()) - atFirst).toBeLessThan(200 * MEGABYTE);

    const [reader, ...others] = readers as [EventStream, ...EventStream[]];
    for (const other of others) other.cut();
    expect(reader.messages.length).toBeLessThan(3_000);
    reader.resume();
    await reader.reaches(String(written.at(-1)));
    reader.cut();
    // The ticket was dispatched in the meantime.
    const notes = reader.events.filter(({ type }) => type === 'InternalNoteAdded');
    expect(notes.map(({ position }) => BigInt(position))).toEqual(written);
  });
});

describe('a token that expires', () => {
  it('ends its idle stream at that moment and not earlier', async () => {
    const since = performance.now();
    const token = await tokenFor(desk.folder, people.bob, '5s');
    const stream = await EventStream.open(new Client(desk.url, token));
    const { position } = await raise(desk);
    await stream.reaches(position);
    expect(await stream.ended).toBe('whole');
    // Tokens count whole seconds.
    expect(performance.now() - since).toBeGreaterThan(4_000);
    expect(performance.now() - since).toBeLessThan(20_000);
  });

  it('cuts off a reader that does not read', async () => {
    const { ticketId, position } = await raise(desk);
    await writeNotes(ticketId, 1_000);
    const token = await tokenFor(desk.folder, people.bob, '2s');
    const stream = await EventStream.open(new Client(desk.url, token), position);
    stream.pause();
    await pause(3_000);
    const [next] = await writeNotes(ticketId, 10);
    stream.resume();
    // On a slow machine little was sent until then: such a stream ends whole.
    await stream.ended;
    expect(BigInt(stream.lastEventId)).toBeLessThan(next ?? 0n);
  });
});

describe('many streams', () => {
  it('are released when their clients disconnect, and are limited in number', async () => {
    for (let round = 0; round < 3; round++) {
      const gone = await openMany(MAX_STREAMS / 2);
      expect(gone.length).toBe(MAX_STREAMS / 2);
      for (const stream of gone) stream.cut();
      // The service learns of their ends a little later.
      await pause(200);
    }
    const streams = await openMany(MAX_STREAMS);
    expect(streams.length).toBe(MAX_STREAMS);
    const refused = await desk.as('lena').get('/events');
    expectProblem(refused, 'unavailable');
    expect(refused.headers['retry-after']).toMatch(/^\d+$/);
    // Open streams do not count as requests at once: the same caller can still send some.
    expect(streams.length / 2).toBeGreaterThan(MAX_REQUESTS_AT_ONCE);
    const { ticketId } = await raise(desk);
    const { position } = await give(desk, 'bob', ticketId, 'handle');
    await Promise.all(streams.map((stream) => stream.reaches(position)));

    streams[0]?.cut();
    await until('there is room again', async () =>
      (await desk.as('lena').get('/events')).status === 200 ? true : null,
    );
    for (const stream of streams) stream.cut();
  });
});

describe('a service that stops', () => {
  it('ends its streams at once, and they resume after a restart', async () => {
    const { ticketId, position: before } = await raise(desk);
    await writeNotes(ticketId, 1_000);
    const silent = await open('alice');
    const reading = await open('bob');
    const slow = await open('bob', before);
    slow.pause();
    const { position } = await give(desk, 'bob', ticketId, 'handle');
    await reading.reaches(position);
    const since = performance.now();
    desk.service.send('SIGTERM');
    expect(await Promise.all([silent.ended, reading.ended])).toEqual(['whole', 'whole']);
    expect(await desk.service.ended()).toEqual({ code: 0, signal: null });
    expect(performance.now() - since).toBeLessThan(15_000);
    expect(desk.service.complaints).toBe('');

    await desk.restart();
    const more = await give(desk, 'bob', ticketId, 'notes', { text: 'It goes on.' });
    const again = await open('bob', reading.lastEventId);
    await again.reaches(more.position);
    expect(again.events).toMatchObject([{ type: 'InternalNoteAdded', ticketId }]);
    again.cut();
  });
});
