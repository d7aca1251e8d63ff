/**
 * Shares one running call among concurrent callers. A caller that arrives during a call
 * gets the result of the next one, so a result is never older than the
 * request.
 */
export class SharedWork<Result> {
  #running: Promise<Result> | null = null;
  #next: Promise<Result> | null = null;

  constructor(private readonly work: () => Promise<Result>) {}

  run(): Promise<Result> {
    if (this.#running === null) return this.#start();
    const startNext = () => {
      this.#next = null;
      return this.#start();
    };
    return (this.#next ??= this.#running.then(startNext, startNext));
  }

  #start(): Promise<Result> {
    const running = this.work();
    this.#running = running;
    const forget = () => {
      if (this.#running === running) this.#running = null;
    };
    running.then(forget, forget);
    return running;
  }
}
