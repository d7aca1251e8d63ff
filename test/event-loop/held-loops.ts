import { request } from 'node:http';
import { expect } from '@jest/globals';
import { send } from '#test/support/http.js';
import { Contract, type OpenApiDocument } from '#test/support/openapi.js';
import type { ServiceProcess } from '#test/support/service-process.js';
import type { Heavy } from './heavy-requests.js';
import type { Stage } from './stage.js';

/** Nobody waits longer than this for a request of somebody else. */
const MOST_MS = 20;

/** No answer is larger. */
const MOST_BYTES = 1_024 * 1_024;

/** A request that holds the loop longer is sent again: once it may be the garbage collector. */
const ATTEMPTS = 5;

/** The longest time since the last call that a service's loop was held, in milliseconds. */
async function heldMs({ output }: ServiceProcess): Promise<number> {
  const [, url = ''] = /^loop witness at (\S+)$/m.exec(output) ?? [];
  return Number((await send(url, { method: 'GET', path: '/' })).text);
}

/** The routes of a process's OpenAPI document. */
export async function routesOf({ url }: ServiceProcess): Promise<string[]> {
  const { text } = await send(url, { method: 'GET', path: '/api/openapi.json' });
  const document = JSON.parse(text) as OpenApiDocument;
  return new Contract(document).routes.map(({ method, path }) => `${method} ${path}`);
}

type Headers = Readonly<Record<string, string>>;

const bodyOf = ({ body, headers = {} }: Heavy): { headers: Headers; body?: string } =>
  body === undefined
    ? { headers }
    : {
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      };

interface Answered {
  readonly status: number;
  readonly bytes: number;
}

/** The answer to a request; of an endless one, its beginning. */
async function answerTo(url: string, heavy: Heavy, token: string | null): Promise<Answered> {
  const { path, route } = heavy;
  const method = route.split(' ', 1)[0]?.toUpperCase() ?? '';
  const own: Headers = token === null ? {} : { authorization: `Bearer ${token}` };
  const { headers, ...rest } = bodyOf(heavy);
  const whole = { method, path, headers: { ...own, ...headers }, ...rest };
  if (path === '/api/v1/events') return followed(url + path, whole.headers);
  const { status, text } = await send(url, whole);
  return { status, bytes: Buffer.byteLength(text) };
}

const STREAMED_BYTES = 16 * 1024 * 1024;

const followed = (url: string, headers: Headers): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const outgoing = request(url, { headers }, (incoming) => {
      let bytes = 0;
      incoming.on('data', (part: Buffer) => {
        bytes += part.length;
        if (bytes < STREAMED_BYTES) return;
        incoming.destroy();
        resolve({ status: incoming.statusCode ?? 0, bytes: 0 });
      });
    });
    outgoing.on('error', reject).end();
  });

/** The least time for which the loop of a process was held by a request, in a few attempts. */
async function leastHeldMs(
  service: ServiceProcess,
  heavy: Heavy,
  token: string | null,
): Promise<number> {
  let least = Infinity;
  for (let attempt = 0; attempt < ATTEMPTS && least > MOST_MS; attempt++) {
    await heldMs(service);
    const { status, bytes } = await answerTo(service.url, heavy, token);
    const held = await heldMs(service);
    if (attempt === 0)
      expect({ ...heavy, body: '', status }).toEqual({
        ...heavy,
        body: '',
        status: heavy.status ?? 200,
      });
    expect(bytes).toBeLessThan(MOST_BYTES);
    least = Math.min(least, held);
  }
  return least;
}

/** Sends every request to each process that has its route, and names those that hold a loop too long. */
export async function tooLong({ desk, services, requests }: Stage): Promise<string[]> {
  const found: string[] = [];
  for (const service of services) {
    const routes = new Set(await routesOf(service));
    for (const heavy of requests.filter(({ route, by }) => by === undefined || routes.has(route))) {
      const ms = await leastHeldMs(service, heavy, heavy.by ? desk.tokens[heavy.by] : null);
      if (ms > MOST_MS)
        found.push(`${heavy.route} ${heavy.path.slice(0, 200)}: ${ms.toFixed(0)} ms`);
    }
  }
  return found;
}
