import { setTimeout as sleep } from 'node:timers/promises';

/** Schedules the activities of the log. */
export interface Pace {
  /** Resolves when an activity is due; at once at full speed. */
  due(time: number): Promise<void>;
}

/** The maximum delay of a timer; longer waits are split. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The log's own time, accelerated by a factor, from a time of the log that is now. */
export function inLogTime(speed: number, beginning: number, signal: AbortSignal): Pace {
  const started = performance.now();
  return {
    due: async (time) => {
      for (;;) {
        const left = (time - beginning) / speed - (performance.now() - started);
        if (left <= 0 || signal.aborted) return;
        await sleep(Math.min(left, MAX_TIMER_MS), null, { signal });
      }
    },
  };
}
