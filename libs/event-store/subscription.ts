import type { EventReader, LogPage, SubscribeOptions } from './event-store.js';

/** How long a follower sleeps at most: what nobody announced is found after that. */
const POLL_MILLISECONDS = 1_000;

/** Lets followers sleep until something was appended. */
export class Wakeup {
  readonly #sleepers = new Set<() => void>();

  wake(): void {
    for (const sleeper of [...this.#sleepers]) sleeper();
  }

  /** Begins a sleep that is over when woken, when the time is over, or when the signal aborts. */
  sleep(signal: AbortSignal, milliseconds = POLL_MILLISECONDS): Sleep {
    let end: () => void = () => undefined;
    const over = new Promise<void>((resolve) => {
      end = () => {
        clearTimeout(timer);
        this.#sleepers.delete(end);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      this.#sleepers.add(end);
      signal.addEventListener('abort', end);
      if (signal.aborted) end();
    });
    return { over, end };
  }
}

export interface Sleep {
  readonly over: Promise<void>;
  /** Ends it early; nothing of it is left. */
  readonly end: () => void;
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
    const sleep = wakeup.sleep(signal);
    try {
      const page = await log.readAll({ ...options, after });
      if (page.position > after) {
        sleep.end();
        after = page.position;
        yield page;
      } else {
        await sleep.over;
      }
    } finally {
      sleep.end();
    }
  }
}
