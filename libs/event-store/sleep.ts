import { setTimeout } from 'node:timers/promises';

/** Sleeps for a number of milliseconds, or until the signal aborts; does not throw on abort. */
export async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
