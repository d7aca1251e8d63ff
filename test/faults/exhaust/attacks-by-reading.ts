import { Agent } from 'node:http';
import { API, Client } from '#test/support/client.js';
import { EventStream } from '#test/support/event-stream.js';
import { send } from '#test/support/http.js';
import { RawConnection } from '#test/support/raw-connection.js';
import type { Random } from '../random.js';
import { askAtOnce, askUnread, get, inLoops, over, type Attack } from './attack.js';

/** Attacks by queries and streams. */
export const attacksByReading = {
  'varied queries': (means, random, signal) =>
    inLoops(16, signal, () => get(means, `/tickets?${anyQuery(random)}`)),

  'varied pages': (means, random, signal) =>
    inLoops(8, signal, () => get(means, `/todos?limit=${random.between(1, 200)}`)),

  'answers that nobody reads': (means, _random, signal) =>
    askUnread(
      means,
      [
        `/tickets/${means.ticketId}/history?limit=1000`,
        '/tickets?limit=200',
        `/tickets/${means.ticketId}`,
        `/tickets/${means.ticketId}/entries?limit=200`,
      ],
      signal,
    ),

  'streams that nobody reads': async ({ url, token }, _random, signal) => {
    const client = new Client(url, token);
    const streams = await Promise.all(
      Array.from({ length: 200 }, () => EventStream.open(client).catch(() => null)),
    );
    for (const stream of streams) stream?.pause();
    await inLoops(4, signal, () => get({ url, token }, '/events'));
    for (const stream of streams) stream?.cut();
  },

  'variations of the header': async ({ url, token }, random, signal) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 400 });
    await inLoops(400, signal, async () => {
      const authorization = `Bearer${' '.repeat(random.between(1, 3_000))}${token}`;
      await send(url, { method: 'GET', path: `${API}/tickets`, headers: { authorization } }, agent);
    });
    agent.destroy();
  },

  'deep searches': (means, random, signal) =>
    inLoops(64, signal, () => get(means, `/tickets?limit=200&q=${commonWords(random)}`)),

  'streams of the whole past': async ({ url, token }, _random, signal) => {
    const client = new Client(url, token);
    const opened = await Promise.all(
      Array.from({ length: 50 }, () => EventStream.open(client, '0').catch(() => null)),
    );
    for (const stream of opened.slice(25)) stream?.pause();
    await over(signal);
    for (const stream of opened) stream?.cut();
  },

  'streams of the past that nobody reads': async (means, _random, signal) => {
    const { url, token, reporterToken, tenantTokens } = means;
    const tokens = [token, reporterToken, ...tenantTokens];
    const head = `GET ${API}/events HTTP/1.1\r\nHost: x\r\nLast-Event-ID: 0\r\n`;
    const connections = await Promise.all(
      Array.from({ length: 400 }, async (_, n) => {
        const connection = new RawConnection(url);
        connection.pause();
        const own = tokens[n % tokens.length] ?? '';
        await connection.send(`${head}Authorization: Bearer ${own}\r\n\r\n`);
        return connection;
      }),
    );
    await over(signal);
    for (const connection of connections) connection.cut();
  },

  'lists of a whole tenant': async ({ url, tenantTokens }, _random, signal) => {
    const loopsOf = (token: string) =>
      inLoops(25, signal, () => get({ url, token }, '/tickets?limit=200'));
    await Promise.all(tenantTokens.map(loopsOf));
  },

  'callers without a token': ({ url }, random, signal) =>
    inLoops(400, signal, () => {
      const path = random.oneOf([`${API}/tickets`, '/api/openapi.json', '/nothing']);
      const authorization = random.oneOf(['', 'Bearer e30.e30.e30', `Bearer ${random.next()}`]);
      return send(url, { method: 'GET', path, headers: { authorization } });
    }),

  'reports in a loop': ({ url, reporterToken: token }, random, signal) =>
    inLoops(64, signal, () => get({ url, token }, anyReport(random))),

  'reports that nobody reads': ({ url, reporterToken: token }, random, signal) =>
    askUnread(
      { url, token },
      Array.from({ length: 20 }, () => anyReport(random)),
      signal,
    ),

  'reports without waiting for answers': ({ url, reporterToken: token }, random, signal) =>
    askAtOnce(
      { url, token },
      Array.from({ length: 20 }, () => anyReport(random)),
      signal,
    ),

  'HEAD and OPTIONS': ({ url, token }, random, signal) =>
    inLoops(200, signal, () => {
      const method = random.oneOf(['HEAD', 'OPTIONS']);
      const path = `${API}/${random.oneOf(['tickets', 'events', 'nothing'])}`;
      return send(url, { method, path, headers: { authorization: `Bearer ${token}` } });
    }),
} as const satisfies Readonly<Record<string, Attack>>;

/** A list that no one has asked for in this form. */
function anyQuery(random: Random): string {
  const word = () => random.between(0, 1e9).toString(36);
  const parts = [
    `q=${Array.from({ length: random.between(1, 12) }, word).join('%20')}`,
    ...['pending', 'processing', 'closed', 'canceled'].map((state) => `state=${state}`),
    ...Array.from({ length: random.between(0, 8) }, () => `service=${word()}`),
    `createdFrom=2026-01-01T00:00:00.${random.between(100, 999)}Z`,
    `sort=${random.oneOf(['createdAt', '-createdAt', 'updatedAt', '-updatedAt'])}`,
    `limit=${random.between(1, 200)}`,
  ];
  return parts.filter(() => random.next() < 0.6).join('&');
}

/** Words that many tickets of the floods have, each a character. */
const commonWords = (random: Random): string =>
  Array.from({ length: random.between(1, 30) }, () =>
    encodeURIComponent(String.fromCodePoint(random.between(0x6000, 0x8a00))),
  ).join('%20');

const anyReport = (random: Random): string =>
  `/reports/${random.oneOf([
    'summary?groupBy=service',
    `summary?asOf=2026-01-01T00:00:00.${random.between(100, 999)}Z`,
    'flow?bucket=hour',
    'durations?groupBy=service',
    'satisfaction',
  ])}`;
