import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import { memoryOf } from '#test/support/metrics.js';
import { postHead, RawConnection } from '#test/support/raw-connection.js';
import { until } from '#test/support/until.js';

const MEGABYTE = 1024 * 1024;
const SIZE = 16 * MEGABYTE;

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

/** Opens a connection, and sends the head of a request, and its body until there is an answer. */
async function begin(
  path: string,
  headers: Record<string, string | number>,
  bytes: number,
  { url } = desk,
) {
  const connection = new RawConnection(url);
  await connection.send(postHead(path, headers));
  const part = Buffer.alloc(MEGABYTE, 'x');
  for (let sent = 0; sent < bytes && connection.status === null; sent += part.length)
    await connection.send(part);
  return connection;
}

const closed = (connections: readonly RawConnection[]) =>
  until('the connections are closed', () =>
    connections.every(({ isOpen }) => !isOpen) ? true : null,
  );

describe('without a token', () => {
  it('100 large bodies are refused at once, unread, and hold no memory', async () => {
    const before = await memoryOf(desk.url);
    const headers = { 'content-type': 'application/x-ndjson', 'content-length': SIZE };
    const connections = await Promise.all(
      Array.from({ length: 100 }, () => begin(`${API}/commands`, headers, SIZE - MEGABYTE)),
    );
    await closed(connections);
    expect(new Set(connections.map(({ status }) => status))).toEqual(new Set([401]));
    expect((await memoryOf(desk.url)) - before).toBeLessThan(100 * MEGABYTE);
  });

  it.each([
    ['POST of a command', `${API}/tickets`, { 'content-length': SIZE }],
    ['POST of an unknown path in the API', `${API}/none`, { 'content-length': SIZE }],
    ['POST of an unknown path', '/none', { 'content-length': SIZE }],
    ['POST of health', '/health/live', { 'content-length': SIZE }],
    ['a body in chunks', `${API}/tickets`, { 'transfer-encoding': 'chunked' }],
  ])('a body is refused unread, and the connection closed: %s', async (_, path, headers) => {
    const connection = await begin(path, { 'content-type': 'application/json', ...headers }, 0);
    await until('it is answered', () => connection.status);
    await closed([connection]);
    expect(connection.status).toBe(401);
    expect(connection.received).toContain('"code":"unauthenticated"');
  });
});

describe('with a token', () => {
  it('100 large batches are bounded in memory, and others go on', async () => {
    const before = await memoryOf(desk.url);
    const tokens = [desk.tokens.alice, desk.tokens.bob, desk.tokens.carol, desk.tokens.lena];
    const connections = await Promise.all(
      Array.from({ length: 100 }, (_, index) => {
        const authorization = `Bearer ${tokens[index % tokens.length] ?? ''}`;
        const headers = { authorization, 'content-type': 'application/x-ndjson' };
        return begin(`${API}/commands`, { ...headers, 'content-length': SIZE }, 4 * MEGABYTE);
      }),
    );
    expect((await memoryOf(desk.url)) - before).toBeLessThan(150 * MEGABYTE);
    expect((await desk.as('dave').get('/tickets')).status).toBe(200);
    for (const connection of connections) connection.cut();
  });

  it('a batch with more than 16 MiB is refused at once', async () => {
    const headers = {
      authorization: `Bearer ${desk.tokens.bob}`,
      'content-type': 'application/x-ndjson',
      'content-length': SIZE + 1,
    };
    // Those that the test before has cut may still hold the memory of all.
    const status = await until('there is room', async () => {
      const connection = await begin(`${API}/commands`, headers, 0);
      const answered = await until('it is answered', () => connection.status);
      return answered === 429 || answered === 503 ? null : answered;
    });
    expect(status).toBe(413);
  });
});

describe('a slow client', () => {
  let impatient: Desk;
  beforeAll(async () => {
    impatient = await Desk.open({ HTTP_HEADERS_SECONDS: '2', HTTP_REQUEST_SECONDS: '4' });
  });
  afterAll(() => impatient.close());

  it('gets 408 if its body does not arrive in time', async () => {
    const headers = {
      authorization: `Bearer ${impatient.tokens.bob}`,
      'content-type': 'application/json',
      'content-length': 100,
    };
    const connection = await begin(`${API}/tickets`, headers, 0, impatient);
    await connection.send('{');
    await closed([connection]);
    expect(connection.status).toBe(408);
    expect(connection.received).toContain('"code":"request_timeout"');
  });

  it.each(['', 'GET / HTTP/1.1\r\nHost: x\r\n'])(
    'gets 408 if its headers do not arrive in time: %j',
    async (bytes) => {
      const connection = new RawConnection(impatient.url);
      await connection.send(bytes);
      await closed([connection]);
      expect(connection.status).toBe(408);
    },
  );
});
