import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Gauge } from 'prom-client';
import type { Actor } from '#ticketing/decision.js';
import type { HttpLimits } from '../http-limits.js';
import type { Metrics } from '../process/metrics.js';
import type { Problem } from '../problems/problem.js';
import { Answers } from './answers.js';
import { BATCH_MEMORY, BATCH_PATH, BODY_LIMIT } from './bodies.js';
import { partiesOf, type Party } from './callers.js';
import { FairShares } from './fair-shares.js';
import { problemOf, Share } from './share.js';
import { Turns } from './turns.js';
import { hasBody } from './unread-bodies.js';

/** How long a refusal takes: a caller that repeats at once would otherwise keep the process busy. */
const REFUSAL_DELAY_MS = 100;

interface Connection {
  /** The answer to its last request so far. */
  answer: ServerResponse | null;
  /** Of its requests that are not answered yet. */
  readonly shares: Set<Share>;
}

/** Refuses what is beyond the allowance of a caller, before the body is read. */
export class CallerLimits {
  readonly shares: FairShares;
  readonly answers: Answers;
  readonly #turns = new Turns();
  readonly #connections = new WeakMap<Socket, Connection>();

  constructor(private readonly limits: HttpLimits) {
    this.shares = new FairShares(limits.bodyBytes);
    this.answers = new Answers(limits.answerBytes);
  }

  /** Reports what callers have not read. */
  report({ registry }: Metrics): void {
    const { answers } = this;
    new Gauge({
      name: 'tickets_unread_bytes',
      help: 'Answers and texts of event streams that their callers have not read',
      registers: [registry],
      collect() {
        this.set(answers.bytes);
      },
    });
  }

  /**
   * Takes a request's share: 429 beyond the caller's own allowance, and 503 if the bodies of all
   * callers need too much memory. Callers take turns, and queries wait while there are too many
   * answers that nobody has read. Health and metrics are outside of all that.
   */
  applyTo(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', (request, reply, done) => {
      if (isOperations(request)) {
        done();
        return;
      }
      const refused = this.admit(request, reply);
      if (refused === undefined) {
        this.#afterEarlier(request, reply, () => {
          request.share.begin(done);
        });
      } else this.#refuseLater(request, done, refused);
    });
    fastify.addHook('onSend', ({ share }: Partial<FastifyRequest>, _reply, payload, done) => {
      share?.answered(sizeOf(payload));
      done(null, payload);
    });
  }

  /** Refusals take turns as well: many fall due at the same time. */
  #refuseLater(request: FastifyRequest, done: (error: Problem) => void, refused: Problem): void {
    setTimeout(() => {
      this.#turns.take(partiesOf(actorOf(request), request.ip, this.limits)[0]?.key ?? '', () => {
        done(refused);
      });
    }, REFUSAL_DELAY_MS);
  }

  /**
   * Requests that a client sends over one connection without waiting for the answers run one after
   * another: otherwise the answers of one that does not read would pile up in memory.
   */
  #afterEarlier({ raw: { socket } }: FastifyRequest, { raw }: FastifyReply, run: () => void): void {
    const connection = this.#connectionOf(socket);
    const { answer } = connection;
    connection.answer = raw;
    if (answer === null || answer.closed) run();
    else answer.once('close', run);
  }

  #connectionOf(socket: Socket): Connection {
    let connection = this.#connections.get(socket);
    if (connection === undefined) {
      const shares = new Set<Share>();
      connection = { answer: null, shares };
      this.#connections.set(socket, connection);
      // Answers that wait for an earlier one have no end of their own.
      socket.once('close', () => {
        for (const share of shares) share.end();
      });
    }
    return connection;
  }

  /** @returns why a request is refused; undefined if it is admitted */
  admit(request: FastifyRequest, reply: FastifyReply): Problem | undefined {
    const { shares } = this;
    const actor = actorOf(request);
    const parties = partiesOf(actor, request.ip, this.limits);
    // The body of a caller without a token is never read.
    const bodyBytes = actor === undefined ? 0 : memoryOf(request);
    const spent = shares.spend(parties, 1, actor === undefined ? 0 : chargedBytes(request));
    const excess = spent ?? shares.begin(parties, bodyBytes);
    describe(reply, shares, spent?.party ?? parties[0]);
    if (excess !== null) return problemOf(excess);
    const share = (request.share = new Share(
      shares,
      this.#turns,
      parties,
      bodyBytes,
      isQuery(request) ? this.answers.for(parties, () => reply.raw.destroy()) : null,
    ));
    const { shares: open } = this.#connectionOf(request.raw.socket);
    open.add(share);
    reply.raw.once('close', () => {
      open.delete(share);
      share.end();
    });
    return undefined;
  }
}

/** Typed as always there, which it is only after authentication. */
const actorOf = ({ actor }: Partial<Pick<FastifyRequest, 'actor'>>): Actor | undefined => actor;

/** Whether a request is a probe or a scrape, which operators need most under load. */
function isOperations({ routeOptions: { url } }: FastifyRequest): boolean {
  return url === '/metrics' || url?.startsWith('/health/') === true;
}

const isQuery = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD';

/** A stream counts its texts one by one. */
const sizeOf = (payload: unknown): number =>
  typeof payload === 'string' || Buffer.isBuffer(payload) ? Buffer.byteLength(payload) : 0;

const isBatch = ({ routeOptions }: FastifyRequest): boolean => routeOptions.url === BATCH_PATH;

/** The size of a body as declared; a body in chunks may be as large as is allowed. */
function declaredBytes(request: FastifyRequest, most: number): number {
  if (!hasBody(request)) return 0;
  const { 'content-length': length } = request.headers;
  return Math.min(length === undefined ? most : Number(length), most);
}

const memoryOf = (request: FastifyRequest): number =>
  declaredBytes(request, isBatch(request) ? BATCH_MEMORY : BODY_LIMIT);

/** A batch counts its bytes line by line. */
const chargedBytes = (request: FastifyRequest): number =>
  isBatch(request) ? 0 : declaredBytes(request, BODY_LIMIT);

/** The headers of draft-ietf-httpapi-ratelimit-headers-10. */
function describe(reply: FastifyReply, shares: FairShares, party: Party | undefined): void {
  if (party === undefined) return;
  const { kind, allowance } = party;
  const minute = shares.minuteOf(party);
  const left = allowance.requestsPerMinute - minute.requests;
  void reply
    .header('ratelimit-policy', `"${kind}";q=${allowance.requestsPerMinute};w=60`)
    .header('ratelimit', `"${kind}";r=${left};t=${shares.secondsOf(minute)}`);
}
