const TICK_MS = 1_000;
/** A thread gives a sign of life each second: one without a message for so many ticks hangs. */
const SILENT_TICKS = 5;
/** A thread that starts has so many ticks more, to open the log. */
const START_TICKS = 3;

/**
 * Notices a thread that hangs. It counts ticks of this thread and does not compare clocks, so that a
 * process that was suspended or busy is not taken for a thread that hangs.
 */
export class Silence {
  #ticks = -START_TICKS;
  readonly #ticking: NodeJS.Timeout;

  /** @param onBegin - called when the thread has been silent for too long */
  constructor(onBegin: () => void) {
    this.#ticking = setInterval(() => {
      this.#ticks += 1;
      if (this.#ticks === SILENT_TICKS) onBegin();
    }, TICK_MS).unref();
  }

  get isSilent(): boolean {
    return this.#ticks >= SILENT_TICKS;
  }

  /**
   * The thread has sent a message.
   *
   * @returns whether this ends a silence
   */
  heard(): boolean {
    const wasSilent = this.isSilent;
    this.#ticks = 0;
    return wasSilent;
  }

  /** The thread has ended. */
  end(): void {
    clearInterval(this.#ticking);
    this.#ticks = 0;
  }
}
