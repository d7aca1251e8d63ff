import type { EventReader, RecordedEvent, SubscribeOptions } from './event-store.js';

/** The maximum wait of a follower, after which it finds an unannounced append. */
const POLL_INTERVAL_MS = 1_000;

/** Lets followers of the log wait for the next append. */
export class Notifier {
  readonly #waiting = new Set<() => void>();

  get isWaitedFor(): boolean {
    return this.#waiting.size > 0;
  }

  /** Ends all waits. */
  notify(): void {
    for (const done of [...this.#waiting]) done();
  }

  /**
   * Starts a wait. It ends at the next notification, after the timeout, or when the signal aborts.
   *
   * @param timeoutMs - @default 1,000
   */
  wait(signal: AbortSignal | null, timeoutMs = POLL_INTERVAL_MS): Wait {
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      end = () => {
        clearTimeout(timer);
        this.#waiting.delete(end);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, timeoutMs);
      this.#waiting.add(end);
      signal?.addEventListener('abort', end);
      if (signal?.aborted === true) end();
    });
    return { ended, end };
  }
}

export interface Wait {
  readonly ended: Promise<void>;
  /** Ends the wait early and removes its timer and listeners. */
  readonly end: () => void;
}

/** Follows a log page by page: reads while there are events, then waits for a notification. */
export async function* follow(
  log: Pick<EventReader, 'readAll'>,
  notifier: Pick<Notifier, 'wait'>,
  { signal, ...options }: SubscribeOptions,
): AsyncGenerator<readonly RecordedEvent[]> {
  let { after } = options;
  while (!signal.aborted) {
    // The wait starts before the read, so that an append during the read is not missed.
    const wait = notifier.wait(signal);
    try {
      const events = await log.readAll({ ...options, after });
      const last = events.at(-1);
      if (last === undefined) {
        await wait.ended;
      } else {
        wait.end();
        after = last.position;
        yield events;
      }
    } finally {
      wait.end();
    }
  }
}
