import { StoreUnavailable } from '../event-store.js';

/** Lets so many do something at once; more wait for their turn, up to a bound and for a time. */
export class Slots {
  readonly #waiting = new Set<() => void>();
  #free: number;

  constructor(
    atOnce: number,
    private readonly longestQueue: number,
    private readonly patience: number,
  ) {
    this.#free = atOnce;
  }

  /** @throws StoreUnavailable where the queue is full, or the turn does not come in time. */
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
    const behind = new StoreUnavailable('The event store does not keep up with what is asked.');
    if (this.#waiting.size >= this.longestQueue) return Promise.reject(behind);
    return new Promise((resolve, reject) => {
      const turn = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(turn);
        reject(behind);
      }, this.patience);
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
