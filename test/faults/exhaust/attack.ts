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

/** Sends the same queries again and again over many connections, and reads no answer. */
export async function askUnread(
  { url, token }: Asker,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<void> {
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
}

/** A signal that has already aborted emits no further event. */
export const over = async (signal: AbortSignal): Promise<void> => {
  if (!signal.aborted) await once(signal, 'abort');
};
