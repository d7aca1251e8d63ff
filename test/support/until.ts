const DEFAULT_TIMEOUT_MS = 20_000;
const POLL_INTERVAL_MS = 10;

/**
 * Polls until `look` returns something other than null, and returns that.
 *
 * @param what The condition, as the error names it.
 * @param timeoutMs In milliseconds. @default 20000
 * @throws Error if the condition does not hold in time.
 */
export async function until<Found>(
  what: string,
  look: () => Promise<Found | null> | Found | null,
  timeoutMs = DEFAULT_TIMEOUT_MS,
): Promise<Found> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (performance.now() > deadline)
      throw new Error(`Timed out after ${timeoutMs} ms waiting until ${what}.`);
    await pause(POLL_INTERVAL_MS);
  }
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
