import { setTimeout as rest } from 'node:timers/promises';

/** Says when something in the log is due. */
export interface Pace {
  /** Resolves when the log's own time has come; at once where it is played as fast as possible. */
  due(time: number): Promise<void>;
}

/** As fast as possible. */
export const atOnce: Pace = { due: () => Promise.resolve() };

/** A timer takes at most this; what is further off is waited for in parts. */
const LONGEST_REST = 2 ** 31 - 1;

/** In the log's own time, so many times as fast, beginning now with a moment of the log. */
export function inLogTime(speed: number, beginning: number, signal: AbortSignal): Pace {
  const started = performance.now();
  return {
    due: async (time) => {
      for (;;) {
        const left = (time - beginning) / speed - (performance.now() - started);
        if (left <= 0 || signal.aborted) return;
        await rest(Math.min(left, LONGEST_REST), null, { signal });
      }
    },
  };
}
