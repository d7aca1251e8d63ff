import { Agent } from 'node:http';
import { setTimeout as rest } from 'node:timers/promises';
import { clientOf, problemOf, type Api, type Problem } from '../api-client.js';
import { CannotRun } from './cannot-run.js';
import { keepAliveTransport } from './keep-alive-transport.js';
import type { Person } from './plan.js';
import type { TokenBook } from './token-book.js';

/** An answer of the API: its data, or the problem. */
export type Answer<Data> = { readonly status: number } & (
  | {
      readonly data: Data;
      /** Whether this is the answer of an earlier call with the same key. */
      readonly replayed: boolean;
    }
  | { readonly problem: Problem }
);

/** A result of openapi-fetch. */
interface Received<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Pick<Response, 'status' | 'headers'>;
}

interface Authorization extends Record<string, string> {
  readonly authorization: string;
}

/** Sends a request with these headers. */
export type Send<Data> = (api: Api, headers: Authorization) => Promise<Received<Data>>;

/** How long calls are repeated while the service is busy or unavailable. */
const RETRY_LIMIT_MS = 60_000;

/** The same until the service has answered once: there may be no service at this address. */
const FIRST_RETRY_LIMIT_MS = 3_000;

const TIMEOUT_MS = 30_000;
const MAX_RETRY_DELAY_MS = 5_000;

/**
 * Calls the HTTP API as many people, over keep-alive connections, and repeats calls while the service
 * is busy, unavailable or unreachable.
 */
export class RetryingClient {
  readonly #agent: Agent;
  readonly #api: Api;
  /** The number of repeated calls. */
  retries = 0;
  #hasAnswered = false;

  constructor(
    private readonly url: URL,
    private readonly tokens: TokenBook,
    connections: number,
    private readonly signal: AbortSignal,
  ) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
    this.#api = clientOf(keepAliveTransport(url, this.#agent, TIMEOUT_MS));
  }

  close(): void {
    this.#agent.destroy();
  }

  /**
   * Sends a request, and repeats it while the service is busy or unreachable. A request must
   * have the same effect when it is sent twice: it reads, puts, or has an idempotency key.
   *
   * @throws CannotRun if the service stays unreachable, or refuses the tokens.
   */
  async call<Data>(by: Person, send: Send<Data>): Promise<Answer<Data>> {
    const started = performance.now();
    for (let attempt = 0; ; attempt++) {
      const received = await this.#send(by, send).catch((error: unknown) => error as Error);
      const failed = received instanceof Error;
      this.#hasAnswered ||= !failed;
      if (!failed && !isBusy(received)) return this.#answerOf(received);
      if (performance.now() - started > this.#retryLimitMs) throw this.#gaveUp(received);
      this.retries++;
      const delayMs = (!failed && retryAfterMs(received)) || 50 * 2 ** Math.min(attempt, 7);
      await rest(Math.min(delayMs, MAX_RETRY_DELAY_MS), null, { signal: this.signal });
    }
  }

  async #send<Data>(by: Person, send: Send<Data>): Promise<Received<Data>> {
    return send(this.#api, { authorization: `Bearer ${await this.tokens.tokenOf(by)}` });
  }

  #answerOf<Data>({ data, error, response: { status, headers } }: Received<Data>): Answer<Data> {
    if (data !== undefined) {
      return { status, data, replayed: headers.get('idempotency-replayed') === 'true' };
    }
    const problem = problemOf(error, status);
    if (status === 401) throw this.tokens.refused(problem.detail);
    return { status, problem };
  }

  get #retryLimitMs(): number {
    return this.#hasAnswered ? RETRY_LIMIT_MS : FIRST_RETRY_LIMIT_MS;
  }

  #gaveUp(last: Received<unknown> | Error): CannotRun {
    const why =
      last instanceof Error
        ? last.message
        : `${last.response.status} ${problemOf(last.error, last.response.status).detail}`;
    return new CannotRun(
      `${this.url.origin} does not answer: ${why}\nStart the service, or set its address with --url. Run the same replay again: it resumes.`,
    );
  }
}

const isBusy = ({ response: { status } }: Received<unknown>): boolean =>
  status === 429 || status === 503;

function retryAfterMs({ response }: Received<unknown>): number {
  const seconds = Number(response.headers.get('retry-after'));
  return Number.isFinite(seconds) ? seconds * 1_000 : 0;
}
