/** How many requests may run before the process looks for new ones, and for how long. */
const REQUESTS_PER_ROUND = 8;
const ROUND_MS = 5;

/**
 * Lets callers take turns: where several wait, each one's next request runs before another one's
 * second. Otherwise, requests run in the order in which the process reads them, and one caller with
 * hundreds of connections is read hundreds of times before another is. What waits is bounded by the
 * requests that callers may have at once.
 */
export class Turns {
  /** Requests by their caller. The first entry is next; a caller who ran goes to the end. */
  readonly #waiting = new Map<string, (() => void)[]>();
  #isRound = false;

  /** Runs a request at once if none has run since the process last looked for new ones. */
  take(caller: string, run: () => void): void {
    if (!this.#isRound) {
      this.#isRound = true;
      setImmediate(this.#nextRound);
      run();
      return;
    }
    const own = this.#waiting.get(caller);
    if (own === undefined) this.#waiting.set(caller, [run]);
    else own.push(run);
  }

  readonly #nextRound = (): void => {
    if (this.#waiting.size === 0) {
      this.#isRound = false;
      return;
    }
    const endsAt = performance.now() + ROUND_MS;
    this.#runNext();
    // Each has an immediate of its own, since what a request does runs after it was let in.
    for (let request = 1; request < REQUESTS_PER_ROUND; request++) {
      setImmediate(() => {
        if (performance.now() < endsAt) this.#runNext();
      });
    }
    setImmediate(this.#nextRound);
  };

  #runNext(): void {
    const [next] = this.#waiting;
    if (next === undefined) return;
    const [caller, own] = next;
    const run = own.shift();
    this.#waiting.delete(caller);
    if (own.length > 0) this.#waiting.set(caller, own);
    run?.();
  }
}
