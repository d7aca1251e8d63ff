/**
 * Runs tasks with the same key one after the other, and tasks with different keys at the same
 * time. So commands on one stream in one process never conflict with each other.
 */
export class OneAtATime {
  readonly #last = new Map<string, Promise<unknown>>();

  run<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(key);
    // A failure belongs to the failed task's own caller; the next task starts anyway.
    const result = before === undefined ? task() : before.then(task, task);
    this.#last.set(key, result);
    const forget = () => {
      if (this.#last.get(key) === result) this.#last.delete(key);
    };
    result.then(forget, forget);
    return result;
  }
}
