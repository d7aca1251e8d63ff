import type { Fault, FaultRun } from './fault.js';
import { Takeovers } from './projections/takeovers.js';

const TRIALS_PER_ROUND = 10;

/** One in this many is not killed but stopped, and continued after another has taken over. */
const STOPPED = 3;

/** How long a takeover may take: for `npm run faults`, and for suites, which share the processors. */
const TAKEOVER_MS = 10_000;
export const SUITE_TAKEOVER_MS = 40_000;

/** The active one of several projectors is killed or stopped while the log grows. */
export const killActiveProjectorWithin = (
  takeoverMs: number,
  newMongodbUrl: () => string | null,
): Fault => ({
  name: 'kill-active-projector',
  holds: `another takes over within ${takeoverMs / 1_000} s, one that wakes up again writes nothing, and every document equals a fold of the log`,
  // Two of three are killed: 50 of them.
  target: 75,
  async run({ trials, random, tried }: FaultRun) {
    const took: number[] = [];
    let rounds = 0;
    let stopped = 0;
    while (took.length < trials) {
      rounds += 1;
      const round = await Takeovers.open(random, takeoverMs, newMongodbUrl());
      try {
        for (let trial = 0; trial < TRIALS_PER_ROUND && took.length < trials; trial++) {
          const sleeps = took.length % STOPPED === 0;
          const result = await round.trial(sleeps);
          took.push(result.took);
          if (sleeps) stopped += 1;
          tried(took.length);
          const { failures } = result;
          const figures = figuresOf(took, stopped);
          if (failures.length > 0) return { trials: took.length, rounds, figures, failures };
        }
      } finally {
        await round.close();
      }
    }
    return { trials, rounds, figures: figuresOf(took, stopped), failures: [] };
  },
});

export const killActiveProjector = killActiveProjectorWithin(TAKEOVER_MS, () => null);

function figuresOf(took: readonly number[], stopped: number): string {
  const sorted = [...took].sort((a, b) => a - b);
  const seconds = (milliseconds = 0) => (milliseconds / 1_000).toFixed(1);
  const median = sorted[Math.floor(sorted.length / 2)];
  return `taken over after ${seconds(sorted[0])} to ${seconds(sorted.at(-1))} s, in the median ${seconds(median)} s; ${stopped} of ${sorted.length} were stopped and woke up again`;
}
