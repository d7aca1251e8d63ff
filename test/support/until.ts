/** How long a condition is waited for that should hold in a moment. */
const PATIENCE_MILLISECONDS = 20_000;
const STEP_MILLISECONDS = 10;

/**
 * Asks again and again until there is an answer.
 *
 * @throws Error saying what was waited for in vain.
 */
export async function until<Found>(
  what: string,
  look: () => Promise<Found | null> | Found | null,
  patience = PATIENCE_MILLISECONDS,
): Promise<Found> {
  const deadline = performance.now() + patience;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (performance.now() > deadline) throw new Error(`Waited in vain until ${what}.`);
    await pause(STEP_MILLISECONDS);
  }
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
