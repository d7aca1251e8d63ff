import { Random } from './random.js';

/** Something that goes wrong, and what must hold all the same. */
export interface Fault {
  /** As `--only` names it. */
  readonly name: string;
  /** What must hold, in words. */
  readonly holds: string;
  /** How many trials the reliability targets ask for: so many are run unless told otherwise. */
  readonly target: number;
  run(run: FaultRun): Promise<FaultResult>;
}

export interface FaultRun {
  readonly trials: number;
  readonly random: Random;
  /** Hears of each trial that is over. */
  readonly tried: (trial: number) => void;
}

export interface FaultResult {
  readonly trials: number;
  /** How often it began anew, with an empty data folder. */
  readonly rounds: number;
  /** What was measured meanwhile, in words. */
  readonly figures?: string;
  /** What did not hold, in words; the run ends with the first trial that finds something. */
  readonly failures: readonly string[];
}

/** A short run, for a test: fails with what did not hold, and with the seed that shows it again. */
export async function expectToHold(fault: Fault, trials: number): Promise<FaultResult> {
  const random = new Random(Date.now());
  const result = await fault.run({ trials, random, tried: () => undefined });
  if (result.failures.length > 0) {
    throw new Error(`${fault.name} with seed ${random.seed}:\n${result.failures.join('\n')}`);
  }
  return result;
}
