/**
 * The running appends of this process, by event id. EventStoreDB answers a
 * second append of the same events like the first, so the second waits and finds them in the log.
 */
export class IdsInFlight {
  readonly #appends = new Map<string, Promise<unknown>>();

  async run<Result>(ids: readonly string[], append: () => Promise<Result>): Promise<Result> {
    for (;;) {
      const before = ids.map((id) => this.#appends.get(id)).find((found) => found !== undefined);
      if (before === undefined) break;
      // Its own caller gets the error; here it only has to end.
      await before.catch(() => undefined);
    }
    const result = append();
    for (const id of ids) this.#appends.set(id, result);
    try {
      return await result;
    } finally {
      for (const id of ids) this.#appends.delete(id);
    }
  }

  /** Resolves when no append is running. */
  async settled(): Promise<void> {
    while (this.#appends.size > 0) await Promise.allSettled(this.#appends.values());
  }
}
