import { StoreUnavailable } from '../event-store.js';

/** Limits concurrent tasks; further tasks wait, up to a number and a time. */
export class Slots {
  readonly #waiting = new Set<() => void>();
  #free: number;

  constructor(
    maxConcurrent: number,
    private readonly maxQueued: number,
    private readonly queueTimeoutMs: number,
  ) {
    this.#free = maxConcurrent;
  }

  /** @throws StoreUnavailable if the queue is full, or the task waits too long. */
  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.#free > 0) this.#free -= 1;
    else await this.#turn();
    try {
      return await task();
    } finally {
      this.#release();
    }
  }

  #turn(): Promise<void> {
    const overloaded = new StoreUnavailable('The event store is overloaded. Try again.');
    if (this.#waiting.size >= this.maxQueued) return Promise.reject(overloaded);
    return new Promise((resolve, reject) => {
      const turn = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(turn);
        reject(overloaded);
      }, this.queueTimeoutMs);
      this.#waiting.add(turn);
    });
  }

  #release(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#free += 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
