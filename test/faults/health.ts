import type { Fault, FaultRun } from './fault.js';
import { faultTable } from './health/table.js';

/** Each fault of a table of faults of the log, the disk, the stores, the issuer and the consumers. */
export const health: Fault = {
  name: 'health',
  holds:
    'health, metric and log report the lost part within ten seconds, commands and queries answer as ' +
    'expected, and the part is reported as restored by itself',
  target: faultTable.flatMap(({ names }) => names).length,
  async run({ trials, tried }: FaultRun) {
    let done = 0;
    let rounds = 0;
    while (done < trials) {
      const group = faultTable[rounds % faultTable.length];
      rounds += 1;
      const failures = await group?.run(trials - done, () => {
        tried((done += 1));
      });
      if (failures !== undefined && failures.length > 0) return { trials: done, rounds, failures };
    }
    return { trials: done, rounds, failures: [] };
  },
};
