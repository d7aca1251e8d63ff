import { Random } from './random.js';

/** An injected fault, and the property that must hold despite it. */
export interface Fault {
  /** The name for `--only`. */
  readonly name: string;
  /** The property, as text. */
  readonly holds: string;
  /** The number of trials of the reliability targets: the default of `--trials`. */
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
  /** The number of empty data folders that it started with. */
  readonly rounds: number;
  /** Measurements, as text. */
  readonly figures?: string;
  /** Violations of the property, as text; the run ends at the first trial with one. */
  readonly failures: readonly string[];
}

/** The number of trials of a suite in `npm test`, and in `npm run test:all` (support/long-faults.ts). */
export const trialsOf = (short: number, long = 3 * short): number =>
  process.env['LONG_FAULTS'] === undefined ? short : long;

/**
 * Runs a fault in a test.
 *
 * @throws Error with the violations, and with the seed to repeat the run.
 */
export async function expectToHold(fault: Fault, trials: number): Promise<FaultResult> {
  const random = new Random(Date.now());
  const result = await fault.run({ trials, random, tried: () => undefined });
  if (result.failures.length > 0) {
    throw new Error(`${fault.name} with seed ${random.seed}:\n${result.failures.join('\n')}`);
  }
  return result;
}
