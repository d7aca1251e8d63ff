/**
 * Appends that are under way in this process, by the ids of their events. EventStoreDB answers a
 * second append of the same events like the first, so the second waits, and finds them on the log.
 */
export class IdsUnderWay {
  readonly #appends = new Map<string, Promise<unknown>>();

  async run<Result>(ids: readonly string[], append: () => Promise<Result>): Promise<Result> {
    for (;;) {
      const before = ids.map((id) => this.#appends.get(id)).find((found) => found !== undefined);
      if (before === undefined) break;
      // How it went is told to whoever asked for it: here it only has to be over.
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

  /** Resolves when none is under way any more. */
  async over(): Promise<void> {
    while (this.#appends.size > 0) await Promise.allSettled(this.#appends.values());
  }
}
