import { Random } from './random.js';

/** Something that goes wrong, and what must hold nevertheless. */
export interface Fault {
  /** As `--only` names it. */
  readonly name: string;
  /** What must hold, in words. */
  readonly holds: string;
  /** How many trials the reliability targets ask for: the default of `--trials`. */
  readonly target: number;
  run(run: FaultRun): Promise<FaultResult>;
}

export interface FaultRun {
  readonly trials: number;
  readonly random: Random;
  /** Called after each trial. */
  readonly tried: (trial: number) => void;
}

export interface FaultResult {
  readonly trials: number;
  /** How often it started with an empty data folder. */
  readonly rounds: number;
  /** What was measured, in words. */
  readonly figures?: string;
  /** What did not hold, in words; the run ends with the first trial that finds something. */
  readonly failures: readonly string[];
}

/** How many trials a suite runs: more in `npm run test:all` (test/support/long-faults.ts). */
export const trialsOf = (trials: number): number =>
  trials * Number(process.env['FAULT_TRIALS_FACTOR'] ?? 1);

/**
 * Runs a fault in a test.
 *
 * @throws Error with what did not hold, and with the seed that repeats the run.
 */
export async function expectToHold(fault: Fault, trials: number): Promise<FaultResult> {
  const random = new Random(Date.now());
  const result = await fault.run({ trials, random, tried: () => undefined });
  if (result.failures.length > 0) {
    throw new Error(`${fault.name} with seed ${random.seed}:\n${result.failures.join('\n')}`);
  }
  return result;
}
