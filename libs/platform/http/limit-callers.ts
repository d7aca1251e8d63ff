import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { wordsOf } from '#projections/search-words.js';
import type { HttpLimits } from '../http-limits.js';
import { Problem } from '../problems/problem.js';
import { BATCH_MEMORY, BATCH_PATH, BODY_LIMIT } from './bodies.js';
import { partiesOf, type Party } from './callers.js';
import { FairShares, NO_ROOM, type Excess } from './fair-shares.js';
import { Turns } from './turns.js';
import { hasBody } from './unread-bodies.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the request takes from its caller's share. Not set for health and metrics. */
    share: Share;
  }
}

/** Texts up to this length are not searched for words, which costs more than to project them. */
const SHORT_TEXT = 512;

/** The share that one request takes, until its answer has ended. */
export class Share {
  #isRequest = true;
  #isStream = false;

  constructor(
    private readonly shares: FairShares,
    private readonly parties: readonly Party[],
    private readonly bodyBytes: number,
  ) {}

  /** Identifies the person or address. */
  get caller(): string {
    return this.parties[0]?.key ?? '';
  }

  /**
   * Counts one command of a batch like a request.
   *
   * @throws Problem `too_many_requests` beyond the allowance
   */
  spend(bytes: number): void {
    refuse(this.shares.spend(this.parties, 1, bytes));
  }

  /**
   * Counts the words of a body or line that is not short: each one is a row in the index of words.
   *
   * @throws Problem `too_many_requests` beyond the allowance
   */
  spendWords(text: string): void {
    if (text.length <= SHORT_TEXT) return;
    refuse(this.shares.spendWords(this.parties, wordsOf(text).length));
  }

  /**
   * Counts the answer as an open stream instead of a request under way.
   *
   * @throws Problem `too_many_requests` beyond the allowance
   */
  openStream(): void {
    refuse(this.shares.openStream(this.parties));
    this.#isStream = true;
    this.#releaseRequest();
  }

  end(): void {
    this.#releaseRequest();
    if (this.#isStream) this.shares.closeStream(this.parties);
    this.#isStream = false;
  }

  #releaseRequest(): void {
    if (this.#isRequest) this.shares.release(this.parties, this.bodyBytes);
    this.#isRequest = false;
  }
}

/** Refuses what is beyond the allowance of a caller, before the body is read. */
export class CallerLimits {
  readonly shares: FairShares;
  readonly #turns = new Turns();

  constructor(private readonly limits: HttpLimits) {
    this.shares = new FairShares(limits.bodyBytes);
  }

  /**
   * Takes a request's share: 429 beyond the caller's own allowance, and 503 if the bodies of all
   * callers need too much memory. Callers take turns. Health and metrics are outside of all that.
   */
  applyTo(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', (request, reply, done) => {
      const refused = isOperations(request) ? null : this.admit(request, reply);
      if (refused === undefined) this.#turns.take(request.share.caller, done);
      else done(refused ?? undefined);
    });
  }

  /** @returns why a request is refused; undefined if it is admitted */
  admit(request: FastifyRequest, reply: FastifyReply): Problem | undefined {
    const { shares } = this;
    // Typed as always there, which it is only after authentication.
    const { actor } = request as Partial<FastifyRequest>;
    const parties = partiesOf(actor, request.ip, this.limits);
    // The body of a caller without a token is never read.
    const bodyBytes = actor === undefined ? 0 : memoryOf(request);
    const spent = shares.spend(parties, 1, actor === undefined ? 0 : chargedBytes(request));
    const excess = spent ?? shares.begin(parties, bodyBytes);
    describe(reply, shares, spent?.party ?? parties[0]);
    if (excess !== null) return problemOf(excess);
    const share = (request.share = new Share(shares, parties, bodyBytes));
    reply.raw.once('close', () => {
      share.end();
    });
    return undefined;
  }
}

/** Whether a request is a probe or a scrape, which operators need most under load. */
function isOperations({ routeOptions: { url } }: FastifyRequest): boolean {
  return url === '/metrics' || url?.startsWith('/health/') === true;
}

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

function refuse(excess: Excess | null): void {
  if (excess !== null) throw problemOf(excess);
}

const units = {
  requests: 'requests a minute',
  bytes: 'bytes of bodies a minute',
  'requests at once': 'requests at once',
  bodies: 'bytes of bodies at once',
  streams: 'open streams of events',
  words: 'different words a minute in long texts',
} as const;

const owners = {
  customer: 'one customer',
  staff: 'one person',
  tenant: 'all customers of your organisation together',
  address: 'all callers without a token at your address together',
} as const;

function problemOf(excess: Excess | typeof NO_ROOM): Problem {
  if (excess === NO_ROOM) {
    return new Problem(
      'unavailable',
      'The requests of all callers together have too many bytes under way. Try again.',
    );
  }
  const { party, of, most, retryAfter } = excess;
  return new Problem(
    'too_many_requests',
    `The limit is ${most} ${units[of]} for ${owners[party.kind]}. Try again in ${retryAfter} s.`,
    {},
    true,
    retryAfter,
  );
}
