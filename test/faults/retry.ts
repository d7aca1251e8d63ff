import { Agent } from 'node:http';
import type { History } from '#test/support/answers.js';
import { API } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import { send, type HttpAnswer, type HttpRequest } from '#test/support/http.js';
import type { Name } from '#test/support/people.js';
import { TcpProxy, type Rules } from '#test/support/tcp-proxy.js';
import { creation, raise, ticketIn } from '#test/support/tickets.js';
import type { Fault, FaultRun } from './fault.js';
import type { Random } from './random.js';

/** The number of concurrent trials. */
const AT_ONCE = 8;
const MAX_ATTEMPTS = 6;

/** A command that is retried until it is answered, and the allowed number of its text in the history. */
interface Retried {
  readonly by: Name;
  readonly request: HttpRequest;
  /** The ticket of the command; null if it creates one. */
  readonly ticketId: string | null;
}

/** Retries of a command whose connection is cut after the request. */
export const retry: Fault = {
  name: 'retry',
  holds: 'one effect, and the same answer',
  target: 2_000,
  async run({ trials, random, tried }: FaultRun) {
    const desk = await Desk.open();
    const failures: string[] = [];
    let begun = 0;
    let done = 0;
    // A new connection for each attempt, so that each has its own cut.
    const connections = new Agent({ keepAlive: false });
    const proxy = await TcpProxy.open(Number(new URL(desk.url).port), () => cutOf(random));
    const proxyUrl = `http://127.0.0.1:${proxy.port}`;
    const worker = async () => {
      while (begun < trials && failures.length === 0) {
        const name = `retry ${(begun += 1)}`;
        failures.push(...(await oneRetry(desk, proxyUrl, connections, random, name)));
        done += 1;
        tried(done);
      }
    };
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      const { complaints } = desk.service;
      if (complaints !== '') failures.push(`The service complained: ${complaints.slice(0, 500)}`);
    } finally {
      connections.destroy();
      await proxy.close();
      await desk.close();
    }
    return { trials: done, rounds: 1, failures };
  },
};

/** Three of four connections are cut: after the request, or before or within the answer. */
function cutOf(random: Random): Rules {
  const delayMs = random.between(0, 8);
  const answerBytes = random.between(1, 300);
  const cuts: readonly [Rules, ...Rules[]] = [
    {},
    {
      fromClient: (data, { client, upstream }) => {
        upstream.write(data);
        setTimeout(() => client.destroy(), delayMs);
      },
    },
    { fromUpstream: (_, { client }) => client.resetAndDestroy() },
    { fromUpstream: (data, { client }) => client.end(data.subarray(0, answerBytes)) },
  ];
  return random.oneOf(cuts);
}

async function oneRetry(
  desk: Desk,
  proxyUrl: string,
  connections: Agent,
  random: Random,
  name: string,
): Promise<string[]> {
  const { by, request, ticketId } = await commandOf(desk, random, name);
  const headers = { ...request.headers, authorization: `Bearer ${desk.tokens[by]}` };
  const whole = { ...request, headers };
  let answer: HttpAnswer | null = null;
  let attempts = 0;
  while (answer === null) {
    attempts += 1;
    const url = attempts < MAX_ATTEMPTS ? proxyUrl : desk.url;
    // A cut connection rejects: the client does not know the outcome, and retries.
    answer = await send(url, whole, connections).catch(() => null);
  }
  const again = await send(desk.url, whole);
  if (answer.status !== 200 && answer.status !== 201) {
    return [`${name} (${request.path}, ${attempts} attempts) was answered ${answer.text}`];
  }
  const failures: string[] = [];
  if (again.status !== answer.status || withoutReplayed(again) !== withoutReplayed(answer)) {
    failures.push(`answered ${answer.text}, and then ${again.text}`);
  }
  if (!isReplay(again)) failures.push('was not replayed when it was sent once more');
  const id = ticketId ?? (JSON.parse(answer.text) as { ticketId: string }).ticketId;
  const history = await desk.as('lena').get<History>(`/tickets/${id}/history`);
  const effects = history.body.events.filter(({ data }) => Object.values(data).includes(name));
  if (effects.length !== 1) failures.push(`had ${effects.length} effects`);
  return failures.map((failure) => `${name} (${request.path}, ${attempts} attempts) ${failure}`);
}

/** A batch reports a replay in its line, a single command in a header. */
const isReplay = ({ headers, text }: HttpAnswer): boolean =>
  headers['idempotency-replayed'] === 'true' || text.includes('"replayed":true');

const withoutReplayed = ({ text }: HttpAnswer): string => text.replace(',"replayed":true', '');

async function commandOf(desk: Desk, random: Random, name: string): Promise<Retried> {
  const json = { 'content-type': 'application/json', 'idempotency-key': name };
  const post = (path: string, body: object): HttpRequest => ({
    method: 'POST',
    path: API + path,
    headers: json,
    body: JSON.stringify(body),
  });
  switch (random.oneOf(['create', 'note', 'handle', 'confirm', 'batch'])) {
    case 'create':
      return {
        by: 'alice',
        request: post('/tickets', creation({ description: name })),
        ticketId: null,
      };
    case 'note': {
      const { ticketId } = await raise(desk);
      return { by: 'dave', request: post(`/tickets/${ticketId}/notes`, { text: name }), ticketId };
    }
    case 'handle': {
      const { ticketId } = await raise(desk);
      return {
        by: 'bob',
        request: post(`/tickets/${ticketId}/handle`, { reason: name }),
        ticketId,
      };
    }
    case 'confirm': {
      const { ticketId } = await ticketIn(desk, 'pending_confirmation');
      const request = post(`/tickets/${ticketId}/confirm`, { rating: 5, comment: name });
      return { by: 'alice', request, ticketId };
    }
    case 'batch': {
      const { ticketId } = await raise(desk);
      const line = { command: 'notes', ticketId, text: name, idempotencyKey: name };
      const headers = { 'content-type': 'application/x-ndjson' };
      const path = `${API}/commands`;
      return {
        by: 'bob',
        request: { method: 'POST', path, headers, body: JSON.stringify(line) },
        ticketId,
      };
    }
    default:
      throw new Error('Unknown command.');
  }
}
