import type { EventReader, LogPage, SubscribeOptions } from './event-store.js';

/** How long a follower sleeps at most: what nobody announced is found after that. */
const POLL_MILLISECONDS = 1_000;

/** Lets followers sleep until something was appended. */
export class Wakeup {
  readonly #sleepers = new Set<() => void>();

  wake(): void {
    for (const sleeper of [...this.#sleepers]) sleeper();
  }

  /** Resolves when woken, when the time is over, or when the signal aborts. */
  sleep(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#sleepers.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, POLL_MILLISECONDS);
      this.#sleepers.add(done);
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
    });
  }
}

/**
 * Follows a log page by page: reads on while there is something, sleeps while there is nothing.
 * Pages without events are handed on too when the position moved, so that a checkpoint can.
 */
export async function* follow(
  log: Pick<EventReader, 'readAll'>,
  wakeup: Wakeup,
  { signal, ...options }: SubscribeOptions,
): AsyncGenerator<LogPage> {
  let { after } = options;
  while (!signal.aborted) {
    // Asleep before the read, so that what is appended during it still wakes us.
    const rest = new AbortController();
    const asleep = wakeup.sleep(AbortSignal.any([signal, rest.signal]));
    const page = await log.readAll({ ...options, after });
    if (page.position > after) {
      rest.abort();
      after = page.position;
      yield page;
    } else {
      await asleep;
    }
  }
}
