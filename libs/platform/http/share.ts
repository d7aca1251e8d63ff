import { wordsOf } from '#projections/search-words.js';
import { Problem } from '../problems/problem.js';
import type { Answer } from './answers.js';
import type { Party } from './callers.js';
import { NO_ROOM, type Excess, type FairShares } from './fair-shares.js';
import type { Turns } from './turns.js';

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
    private readonly turns: Turns,
    private readonly parties: readonly Party[],
    private readonly bodyBytes: number,
    /** Null for a command, whose answer is small. */
    private readonly answer: Answer | null,
  ) {}

  /** Runs the request when it is its caller's turn, and there is room for its answer. */
  begin(run: () => void): void {
    if (this.answer === null) this.turn(run);
    else
      this.answer.whenRoom(() => {
        this.turn(run);
      });
  }

  /** Counts an answer as it is, and no longer as it may be. */
  answered(bytes: number): void {
    this.answer?.hold(bytes);
  }

  /** Runs a command of a batch when it is its caller's turn. */
  turn(run: () => void): void {
    this.turns.take(this.parties[0]?.key ?? '', run);
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
   * @returns the room that its unread text takes
   * @throws Problem `too_many_requests` beyond the allowance
   */
  openStream(): Answer {
    const { answer } = this;
    if (answer === null) throw new Error('Only a query may open a stream.');
    refuse(this.shares.openStream(this.parties));
    answer.becomeStream();
    this.#isStream = true;
    this.#releaseRequest();
    return answer;
  }

  end(): void {
    this.answer?.end();
    this.#releaseRequest();
    if (this.#isStream) this.shares.closeStream(this.parties);
    this.#isStream = false;
  }

  #releaseRequest(): void {
    if (this.#isRequest) this.shares.release(this.parties, this.bodyBytes);
    this.#isRequest = false;
  }
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

export function problemOf(excess: Excess | typeof NO_ROOM): Problem {
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
