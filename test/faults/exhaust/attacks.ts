import { Agent } from 'node:http';
import { API, Client } from '#test/support/client.js';
import { EventStream } from '#test/support/event-stream.js';
import { send } from '#test/support/http.js';
import { postHead, RawConnection } from '#test/support/raw-connection.js';
import { creation } from '#test/support/tickets.js';
import { pause } from '#test/support/until.js';
import type { Random } from '../random.js';

/** What an attacker has: a customer's token, and a large ticket of that customer. */
export interface Means {
  readonly url: string;
  readonly token: string;
  readonly ticketId: string;
}

/** Does its worst until the signal aborts. */
type Attack = (means: Means, random: Random, signal: AbortSignal) => Promise<void>;

/** Attacks by one caller. */
export const attacks = {
  'varied queries': (means, random, signal) =>
    inLoops(16, signal, () => get(means, `/tickets?${anyQuery(random)}`)),

  'varied pages': (means, random, signal) =>
    inLoops(8, signal, () => get(means, `/todos?limit=${random.between(1, 200)}`)),

  'bodies without a token': async ({ url }, _random, signal) => {
    const head = postHead(`${API}/commands`, { ...ndjson, 'content-length': 16 * MIB });
    await inLoops(100, signal, () => holdBody(url, head, signal));
  },

  'bodies with a token': async ({ url, token }, _random, signal) => {
    const authorization = `Bearer ${token}`;
    const batch = postHead(`${API}/commands`, {
      authorization,
      ...ndjson,
      'content-length': 16 * MIB,
    });
    const single = postHead(`${API}/tickets`, {
      authorization,
      'content-type': 'application/json',
      'transfer-encoding': 'chunked',
    });
    await Promise.all([
      inLoops(100, signal, () => holdBody(url, batch, signal)),
      inLoops(100, signal, () => holdBody(url, single, signal)),
    ]);
  },

  'answers that nobody reads': async ({ url, token, ticketId }, _random, signal) => {
    const paths = [
      `/tickets/${ticketId}/history?limit=1000`,
      '/tickets?limit=200',
      `/tickets/${ticketId}`,
    ];
    const requests = paths.map(
      (path) => `GET ${API}${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`,
    );
    const connections = Array.from({ length: 60 }, () => new RawConnection(url));
    for (const connection of connections) {
      connection.pause();
      await connection.send(requests.join('').repeat(10));
    }
    await over(signal);
    for (const connection of connections) connection.cut();
  },

  'streams that nobody reads': async ({ url, token }, _random, signal) => {
    const client = new Client(url, token);
    const streams = await Promise.all(
      Array.from({ length: 200 }, () => EventStream.open(client).catch(() => null)),
    );
    for (const stream of streams) stream?.pause();
    await inLoops(4, signal, () => get({ url, token }, '/events'));
    for (const stream of streams) stream?.cut();
  },

  'floods of words': async ({ url, token }, random, signal) => {
    const client = new Client(url, token);
    await inLoops(4, signal, async () => {
      const lines = Array.from({ length: 50 }, () => ({
        command: 'create',
        ...creation({ description: oddWords(random) }),
      }));
      await client.batch(lines);
    });
  },

  batches: async ({ url, token, ticketId }, _random, signal) => {
    const client = new Client(url, token);
    const lines = Array.from({ length: 1_000 }, (_, line) =>
      line % 2 === 0
        ? { command: 'messages', ticketId, message: `again ${line}` }
        : { command: 'cancel', ticketId: 'none' },
    );
    await inLoops(8, signal, () => client.batch(lines));
  },

  'variations of the header': async ({ url, token }, random, signal) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 400 });
    await inLoops(400, signal, async () => {
      const authorization = `Bearer${' '.repeat(random.between(1, 3_000))}${token}`;
      await send(url, { method: 'GET', path: `${API}/tickets`, headers: { authorization } }, agent);
    });
    agent.destroy();
  },
} as const satisfies Readonly<Record<string, Attack>>;

export type AttackName = keyof typeof attacks;

const MIB = 1024 * 1024;
const ndjson = { 'content-type': 'application/x-ndjson' };

/** Repeats something in parallel; refusals are what the service should do. */
async function inLoops(
  loops: number,
  signal: AbortSignal,
  once: () => Promise<unknown>,
): Promise<void> {
  const loop = async () => {
    while (!signal.aborted) await once().catch(() => pause(5));
  };
  await Promise.all(Array.from({ length: loops }, loop));
}

const get = ({ url, token }: Pick<Means, 'url' | 'token'>, path: string) =>
  send(url, { method: 'GET', path: API + path, headers: { authorization: `Bearer ${token}` } });

/** Sends a body as far as it is read, and never its end, until the connection is closed. */
async function holdBody(url: string, head: string, signal: AbortSignal): Promise<void> {
  const connection = new RawConnection(url);
  await connection.send(head);
  const part = Buffer.alloc(64 * 1024, 'x');
  for (let sent = 0; sent < 15 * MIB && connection.status === null; sent += part.length) {
    await connection.send(part);
    if (signal.aborted) break;
  }
  while (connection.isOpen && !signal.aborted) await pause(20);
  connection.cut();
}

const over = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      resolve();
    });
  });

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

/** 5,000 different words of one letter each. */
function oddWords(random: Random): string {
  const first = random.between(0x4e00, 0x8a00);
  return Array.from({ length: 5_000 }, (_, word) => String.fromCodePoint(first + word))
    .join(' ')
    .slice(0, 10_000);
}
