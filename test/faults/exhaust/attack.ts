import { once } from 'node:events';
import { API } from '#test/support/client.js';
import { send } from '#test/support/http.js';
import { RawConnection } from '#test/support/raw-connection.js';
import { pause } from '#test/support/until.js';
import type { Random } from '../random.js';

/** What attackers have: tokens, and a large ticket of the customer. */
export interface Means {
  readonly url: string;
  /** Of a customer. */
  readonly token: string;
  readonly ticketId: string;
  /** Of many customers of one tenant. */
  readonly tenantTokens: readonly string[];
  readonly reporterToken: string;
}

/** Does its worst until the signal aborts. */
export type Attack = (means: Means, random: Random, signal: AbortSignal) => Promise<void>;

/** Repeats something in parallel; refusals are what the service should do. */
export async function inLoops(
  loops: number,
  signal: AbortSignal,
  attempt: () => Promise<unknown>,
): Promise<void> {
  const loop = async () => {
    while (!signal.aborted) await attempt().catch(() => pause(5));
  };
  await Promise.all(Array.from({ length: loops }, loop));
}

/** Who asks, and where. */
export type Asker = Pick<Means, 'url' | 'token'>;

export const get = ({ url, token }: Asker, path: string) =>
  send(url, { method: 'GET', path: API + path, headers: { authorization: `Bearer ${token}` } });

/** More on one connection at once, and the service cuts it. */
const MOST_UNANSWERED = 16;

const requestsFor = ({ token }: Asker, paths: readonly string[]): string[] =>
  paths.map(
    (path) => `GET ${API}${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`,
  );

/** Sends queries over many connections, and reads no answer. */
export async function askUnread(
  asker: Asker,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const text = requestsFor(asker, paths).slice(0, MOST_UNANSWERED).join('');
  const connections = Array.from({ length: 400 }, () => new RawConnection(asker.url));
  for (const connection of connections) {
    connection.pause();
    await connection.send(text);
  }
  await over(signal);
  for (const connection of connections) connection.cut();
}

/** Sends hundreds of queries at once over each of many connections, again and again. */
export async function askAtOnce(
  asker: Asker,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const text = requestsFor(asker, paths).join('').repeat(20);
  await inLoops(60, signal, async () => {
    const connection = new RawConnection(asker.url);
    connection.pause();
    await connection.send(text);
    await pause(20);
    connection.cut();
  });
}

/** A signal that has already aborted emits no further event. */
export const over = async (signal: AbortSignal): Promise<void> => {
  if (!signal.aborted) await once(signal, 'abort');
};
