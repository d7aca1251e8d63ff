import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Desk } from '#test/support/desk.js';
import { send } from '#test/support/http.js';
import { OWNERS, writeLargestData, type LargestData } from './largest-data.js';
import { Contract, type OpenApiDocument } from '#test/support/openapi.js';
import { expectProblem } from '#test/support/problems.js';
import type { TicketPage } from '#test/support/answers.js';
import { until } from '#test/support/until.js';
import { give, raise } from '#test/support/tickets.js';
import { heavyRequests, type Heavy } from './heavy-requests.js';

/** Nobody waits longer than this for a request of somebody else. */
const MOST_MS = 20;

/** No answer is larger. */
const MOST_BYTES = 1_024 * 1_024;

/** Projecting so much takes a few seconds, and much longer while other suites run. */
const CATCH_UP_MS = 150_000;

/** A request that holds the loop longer is sent again: once it may be the garbage collector. */
const ATTEMPTS = 5;

const witness = new URL('./loop-witness.js', import.meta.url).href;

let desk: Desk;
let data: LargestData;
let requests: readonly Heavy[];
beforeAll(async () => {
  desk = await Desk.open({ NODE_OPTIONS: `--import=${witness}` });
  for (const id of OWNERS) await desk.putEngineer(id);
  await desk.putOwners('vpn', 'bob', 'carol');
  await desk.service.stop();
  data = await writeLargestData(desk.folder);
  await desk.restart();
  const path = `/admin/consumers?minPosition=${data.position}`;
  await until(
    'the views show the largest data',
    async () => ((await desk.as('anna').get(path)).status === 200 ? true : null),
    CATCH_UP_MS,
  );
  requests = heavyRequests(data, (await raise(desk)).ticketId);
}, 300_000);
afterAll(() => desk.close());

/** The longest time since the last call that the service's loop was held, in milliseconds. */
async function heldMs(): Promise<number> {
  const [, url = ''] = /^loop witness at (\S+)$/m.exec(desk.service.output) ?? [];
  return Number((await send(url, { method: 'GET', path: '/' })).text);
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
async function answerTo(heavy: Heavy): Promise<Answered> {
  const { by, path, route } = heavy;
  const method = route.split(' ', 1)[0]?.toUpperCase() ?? '';
  const own: Headers = by === undefined ? {} : { authorization: `Bearer ${desk.tokens[by]}` };
  const { headers, ...rest } = bodyOf(heavy);
  const whole = { method, path, headers: { ...own, ...headers }, ...rest };
  if (path === '/api/v1/events') return followed(whole.headers);
  const { status, text } = await send(desk.url, whole);
  return { status, bytes: Buffer.byteLength(text) };
}

const STREAMED_BYTES = 16 * 1024 * 1024;

const followed = (headers: Headers): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const outgoing = request(`${desk.url}/api/v1/events`, { headers }, (incoming) => {
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

/** The least time for which the loop was held by a request, in a few attempts. */
async function leastHeldMs(heavy: Heavy): Promise<number> {
  let least = Infinity;
  for (let attempt = 0; attempt < ATTEMPTS && least > MOST_MS; attempt++) {
    await heldMs();
    const { status, bytes } = await answerTo(heavy);
    const held = await heldMs();
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

describe('a request with the largest data', () => {
  it('is known for every route', async () => {
    const { body } = await desk
      .asNobody()
      .json<OpenApiDocument>({ method: 'GET', path: '/api/openapi.json' });
    const routes = new Contract(body).routes.map(({ method, path }) => `${method} ${path}`);
    const known = new Set(requests.map(({ route }) => route));
    expect(routes.filter((route) => !known.has(route))).toEqual([]);
  });

  it('never holds the event loop for longer than 20 ms', async () => {
    const tooLong: string[] = [];
    for (const heavy of requests) {
      const ms = await leastHeldMs(heavy);
      if (ms > MOST_MS)
        tooLong.push(`${heavy.route} ${heavy.path.slice(0, 200)}: ${ms.toFixed(0)} ms`);
    }
    expect(tooLong).toEqual([]);
  }, 300_000);
});

describe('a full ticket', () => {
  it('says so, refuses more, and is closed', async () => {
    const { long: ticketId } = data;
    const { body } = await desk.as('alice').get<TicketPage>(`/tickets/${ticketId}`);
    expect(body).toMatchObject({ percentFull: 100, allowed: ['confirm'] });
    const refused = await desk.as('dave').command(ticketId, 'notes', { text: 'It is slow.' });
    expect(expectProblem(refused, 'ticket_full')).toMatchObject({ allowed: [] });
    const closed = await give(desk, 'alice', ticketId, 'confirm', { rating: 1 });
    expect(closed.state).toBe('closed');
  });
});
