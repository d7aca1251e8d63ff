import type { ServerResponse } from 'node:http';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Problem } from '#platform/problems/problem.js';

/** The maximum number of open streams in one process. */
const MAX_STREAMS = 1_000;

/** How long a client that does not read keeps its connection after its stream has ended. */
const CLOSE_GRACE_MS = 500;

/** The maximum delay of a timer: about 24 days. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The open streams: limits their number, and ends each one. */
@Injectable()
export class OpenStreams implements OnModuleDestroy {
  readonly #ends = new Set<() => void>();
  #stopping = false;

  /**
   * Registers an answer as a stream. The signal aborts when the client disconnects, its token
   * expires, or the service stops. Cuts the connection if the answer does not end soon after.
   *
   * @param expires - the token's expiry, in milliseconds since 1970
   * @throws Problem `unavailable` at the limit of open streams
   */
  open(answer: ServerResponse, expires: number): AbortSignal {
    this.#makeSureOfRoom();
    const ended = new AbortController();
    let cut: NodeJS.Timeout | undefined;
    const end = () => {
      ended.abort();
      cut = setTimeout(() => answer.destroy(), CLOSE_GRACE_MS);
    };
    const left = Math.min(expires - Date.now(), MAX_TIMER_MS);
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

  /** Ends all streams at shutdown, which their clients would never do. */
  onModuleDestroy(): void {
    this.#stopping = true;
    for (const end of this.#ends) end();
  }

  #makeSureOfRoom(): void {
    if (this.#stopping) throw new Problem('unavailable', 'The service is shutting down.');
    if (this.#ends.size >= MAX_STREAMS) {
      throw new Problem(
        'unavailable',
        `The limit of ${MAX_STREAMS} open event streams is reached. Try again later, or use the queries.`,
      );
    }
  }
}
