import { Desk } from '#test/support/desk.js';
import type { Fault, FaultRun } from './fault.js';
import { RestoreTrial } from './restore/trial.js';

const TRIALS_PER_ROUND = 10;

/** The log is restored, exchanged or cut, while read models and policies stay as they were. */
export const restore: Fault = {
  name: 'restore',
  holds:
    'it is noticed at any length of the log, health, metrics, log and queries report it, no answer has a ' +
    'ticket that is not on the log, and a rebuild, or the right log, mends it',
  target: 200,
  async run({ trials, random, tried }: FaultRun) {
    let done = 0;
    let rounds = 0;
    while (done < trials) {
      rounds += 1;
      const desk = await Desk.open();
      try {
        await desk.service.stop();
        for (let trial = 0; trial < TRIALS_PER_ROUND && done < trials; trial++) {
          const failures = await new RestoreTrial(desk, random, done).run();
          tried((done += 1));
          if (failures.length > 0) return { trials: done, rounds, failures };
        }
      } finally {
        await desk.close();
      }
    }
    return { trials: done, rounds, failures: [] };
  },
};
