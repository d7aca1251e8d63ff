/**
 * Runs what concerns one key one after the other, and what concerns different keys at the same
 * time. Commands on one stream in one process so never conflict with each other.
 */
export class OneAtATime {
  readonly #last = new Map<string, Promise<unknown>>();

  run<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(key);
    // A task that failed told whoever waits for it; the next one starts all the same.
    const result = before === undefined ? task() : before.then(task, task);
    this.#last.set(key, result);
    const forget = () => {
      if (this.#last.get(key) === result) this.#last.delete(key);
    };
    result.then(forget, forget);
    return result;
  }
}
