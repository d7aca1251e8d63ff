import { Desk } from '#test/support/desk.js';
import type { FaultResult, FaultRun } from './fault.js';

/** One trial: what did not hold. */
type Trial = (trial: number) => Promise<string[]>;

/**
 * Runs trials on a desk, and on another one after some of them, until one does not hold.
 *
 * @param prepare - prepares a new desk, and returns the trial on it
 */
export async function inRounds(
  { trials, tried }: FaultRun,
  trialsPerRound: number,
  prepare: (desk: Desk) => Promise<Trial>,
): Promise<FaultResult> {
  let done = 0;
  let rounds = 0;
  while (done < trials) {
    rounds += 1;
    const desk = await Desk.open();
    try {
      const trial = await prepare(desk);
      for (let n = 0; n < trialsPerRound && done < trials; n++) {
        const failures = await trial(done);
        tried((done += 1));
        if (failures.length > 0) return { trials: done, rounds, failures };
      }
    } finally {
      await desk.close();
    }
  }
  return { trials: done, rounds, failures: [] };
}

/** Runs a trial so that it fails if it cannot be ended, and each failure names what was tried. */
export async function named(what: string, run: () => Promise<string[]>): Promise<string[]> {
  const failures = await run().catch((error: unknown) => [(error as Error).stack ?? String(error)]);
  return failures.map((failure) => `${failure} (${what})`);
}
