/**
 * Work that many ask for at once and whose result is the same for all: one is under way at a time,
 * and whoever asks while it is gets the result of the next one. A result is so never older than the
 * question.
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
