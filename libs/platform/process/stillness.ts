/** After this time without a look, a value counts as new. */
const FORGOTTEN_MS = 10_000;

interface Seen {
  readonly value: string;
  readonly since: number;
  lookedAt: number;
}

/** Measures how long values have stayed the same, from one look to the next. */
export class Stillness {
  readonly #seen = new Map<string, Seen>();

  /**
   * Looks at a value. Without looks in between, nothing is known about it: the time begins again.
   *
   * @param key - one of a fixed set of names
   * @returns the seconds for which it is known to be the same
   */
  secondsOf(key: string, value: string, now = performance.now()): number {
    const seen = this.#seen.get(key);
    if (seen?.value === value && now - seen.lookedAt <= FORGOTTEN_MS) {
      seen.lookedAt = now;
      return (now - seen.since) / 1_000;
    }
    this.#seen.set(key, { value, since: now, lookedAt: now });
    return 0;
  }
}
