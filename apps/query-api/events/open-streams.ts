import type { ServerResponse } from 'node:http';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Problem } from '#platform/problems/problem.js';

/** So many streams are open in one process at most. */
const MOST_STREAMS = 1_000;

/** How long a client that does not read may take to see that its stream has ended. */
const GRACE_MILLISECONDS = 500;

/** The longest time that a timer can wait: about 24 days. */
const LONGEST_TIMER_MILLISECONDS = 2 ** 31 - 1;

/** The streams that are open: how many there may be, and when each one ends. */
@Injectable()
export class OpenStreams implements OnModuleDestroy {
  readonly #ends = new Set<() => void>();
  #stopping = false;

  /**
   * Takes an answer for a stream. The signal aborts when the caller has gone, when their token has
   * expired, or when the service stops; the connection is cut where the answer does not end soon.
   *
   * @param expires - when the token ends, in milliseconds since 1970
   * @throws Problem `unavailable` where there are as many streams as there may be.
   */
  open(answer: ServerResponse, expires: number): AbortSignal {
    this.#makeSureOfRoom();
    const ended = new AbortController();
    let cut: NodeJS.Timeout | undefined;
    const end = () => {
      ended.abort();
      cut = setTimeout(() => answer.destroy(), GRACE_MILLISECONDS);
    };
    const left = Math.min(expires - Date.now(), LONGEST_TIMER_MILLISECONDS);
    const expiry = setTimeout(end, left);
    const gone = () => {
      clearTimeout(expiry);
      clearTimeout(cut);
      this.#ends.delete(end);
      ended.abort();
    };
    this.#ends.add(end);
    if (answer.destroyed) gone();
    else answer.once('close', gone);
    return ended.signal;
  }

  get count(): number {
    return this.#ends.size;
  }

  /** The service stops: so do the streams, for their clients would go on reading for ever. */
  onModuleDestroy(): void {
    this.#stopping = true;
    for (const end of this.#ends) end();
  }

  #makeSureOfRoom(): void {
    if (this.#stopping) throw new Problem('unavailable', 'The service is being stopped.');
    if (this.#ends.size >= MOST_STREAMS) {
      throw new Problem(
        'unavailable',
        `There are ${MOST_STREAMS} streams of events already, which is the most. Try again later, or ask the queries.`,
      );
    }
  }
}
