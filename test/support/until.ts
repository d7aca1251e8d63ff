/** Nothing takes that long on an idle machine; on a busy one, this is no reason to fail. */
const DEFAULT_TIMEOUT_MS = 60_000;

/** Polls often at first, and less often in a long wait, which may be for the polled process itself. */
const intervalAfter = (waitedMs: number): number => Math.min(100, Math.max(10, waitedMs / 20));

/**
 * Polls until `look` returns something other than null, and returns that.
 *
 * @param what The condition, as the error names it.
 * @param timeoutMs In milliseconds. @default 60000
 * @throws Error if the condition does not hold in time.
 */
export async function until<Found>(
  what: string,
  look: () => Promise<Found | null> | Found | null,
  timeoutMs = DEFAULT_TIMEOUT_MS,
): Promise<Found> {
  const since = performance.now();
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    const waited = performance.now() - since;
    if (waited > timeoutMs)
      throw new Error(`Timed out after ${timeoutMs} ms waiting until ${what}.`);
    await pause(intervalAfter(waited));
  }
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
