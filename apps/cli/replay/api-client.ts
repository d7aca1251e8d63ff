import { Agent, request, type IncomingMessage } from 'node:http';
import { setTimeout as rest } from 'node:timers/promises';
import { CannotRun } from './cannot-run.js';
import type { JsonFields } from './mapping.js';
import type { Person } from './plan.js';
import type { TokenBook } from './token-book.js';

export interface Call {
  readonly method: 'GET' | 'PUT' | 'POST';
  /** Below the base path, such as `/tickets`. */
  readonly path: string;
  readonly by: Person;
  readonly body?: JsonFields;
  readonly idempotencyKey?: string;
  readonly ifMatch?: number | null;
}

export interface Answer {
  readonly status: number;
  /** Whether the same call was carried out before, and this is its answer again. */
  readonly replayed: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

interface RawAnswer extends Answer {
  readonly retryAfterSeconds: number | null;
}

/** How long a service that is busy, or away, is tried again before the replay gives up. */
const PATIENCE_MILLISECONDS = 60_000;

/** The same before it has answered at all: then it rather is not there. */
const FIRST_PATIENCE_MILLISECONDS = 3_000;

/** A call without an answer is sent again. */
const TIMEOUT_MILLISECONDS = 30_000;
const LONGEST_REST_MILLISECONDS = 5_000;

/**
 * Calls the HTTP API over connections that are kept. `node:http` takes about a sixth of the processor
 * time that Node 20's `fetch` takes, which would be the bottleneck: a call costs 70 µs, not 430 µs.
 */
export class ApiClient {
  readonly #agent: Agent;
  readonly #base: URL;
  /** Calls that had to be sent again, because the service was busy or away. */
  retries = 0;
  #hasAnswered = false;

  constructor(
    url: URL,
    private readonly tokens: TokenBook,
    connections: number,
    private readonly signal: AbortSignal,
  ) {
    this.#base = url;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  close(): void {
    this.#agent.destroy();
  }

  /**
   * Sends a call, and sends it again where the service is busy, unavailable or away. Every call here
   * may be sent twice: it reads, puts, or has an idempotency key.
   *
   * @throws CannotRun where the service stays away, or does not take the tokens.
   */
  async call(call: Call): Promise<Answer> {
    const started = performance.now();
    for (let attempt = 0; ; attempt++) {
      const answer = await this.#send(call).catch((error: unknown) => error as Error);
      const failed = answer instanceof Error;
      this.#hasAnswered ||= !failed;
      if (!failed && answer.status === 401) throw this.tokens.refused(detailOf(answer));
      if (!failed && answer.status !== 429 && answer.status !== 503) return answer;
      if (performance.now() - started > this.#patience) throw this.#gaveUp(answer);
      this.retries++;
      const pause = (!failed && answer.retryAfterSeconds) || 0.05 * 2 ** Math.min(attempt, 7);
      await rest(Math.min(pause * 1_000, LONGEST_REST_MILLISECONDS), null, { signal: this.signal });
    }
  }

  get #patience(): number {
    return this.#hasAnswered ? PATIENCE_MILLISECONDS : FIRST_PATIENCE_MILLISECONDS;
  }

  #gaveUp(last: Answer | Error): CannotRun {
    const why = last instanceof Error ? last.message : `${last.status} ${detailOf(last)}`;
    return new CannotRun(
      `${this.#base.origin} does not answer: ${why}\nStart the service, or name it with --url. The same replay, run again, goes on where it stopped.`,
    );
  }

  async #send({ method, path, by, body, idempotencyKey, ifMatch }: Call): Promise<RawAnswer> {
    const token = await this.tokens.tokenOf(by);
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          agent: this.#agent,
          timeout: TIMEOUT_MILLISECONDS,
          hostname: this.#base.hostname.replace(/^\[|\]$/g, ''),
          port: this.#base.port || 80,
          method,
          path: `${this.#base.pathname.replace(/\/$/, '')}/api/v1${path}`,
          headers: {
            authorization: `Bearer ${token}`,
            ...(text === undefined
              ? {}
              : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
            ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
            ...(ifMatch === undefined || ifMatch === null ? {} : { 'if-match': `"${ifMatch}"` }),
          },
        },
        (incoming) => {
          readAnswer(incoming).then(resolve, reject);
        },
      );
      outgoing.on('error', reject);
      outgoing.on('timeout', () => {
        outgoing.destroy(new Error(`No answer for ${TIMEOUT_MILLISECONDS / 1_000} s.`));
      });
      outgoing.end(text);
    });
  }
}

async function readAnswer(incoming: IncomingMessage): Promise<RawAnswer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const status = incoming.statusCode ?? 0;
  const retryAfter = Number(incoming.headers['retry-after']);
  return {
    status,
    replayed: incoming.headers['idempotency-replayed'] === 'true',
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : null,
    body: parse(Buffer.concat(chunks).toString('utf8'), status),
  };
}

/** What is no JSON object is not this service's: it becomes the detail of a refusal. */
function parse(text: string, status: number): Answer['body'] {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null) return body as Answer['body'];
  } catch {
    // Told below, with what was answered instead.
  }
  return { code: `http_${status}`, detail: `No JSON, but: ${text.slice(0, 200)}` };
}

/** Why, in the service's own words. */
export const detailOf = ({ body, status }: Answer): string =>
  typeof body['detail'] === 'string' ? body['detail'] : `It answered ${status}.`;
