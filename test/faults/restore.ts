import type { Fault, FaultRun } from './fault.js';
import { RestoreTrial } from './restore/trial.js';
import { inRounds } from './rounds.js';

const TRIALS_PER_ROUND = 10;

/** The log is restored, exchanged or cut, while read models and policies stay as they were. */
export const restore: Fault = {
  name: 'restore',
  holds:
    'it is noticed at any length of the log, health, metrics, log and queries report it, no answer has a ' +
    'ticket that is not on the log, and a rebuild, or the right log, mends it',
  target: 200,
  run: (run: FaultRun) =>
    inRounds(run, TRIALS_PER_ROUND, async (desk) => {
      await desk.service.stop();
      return (trial) => new RestoreTrial(desk, run.random, trial).run();
    }),
};
