import fc from 'fast-check';
import type { Fault, FaultRun } from './fault.js';
import { Battlefield } from './hostile/battlefield.js';
import { byHand } from './hostile/by-hand.js';
import { hostileRequests, type HostileRequest } from './hostile/requests.js';

/** Hostile requests, generated from the OpenAPI document and written by hand. */
export const hostile: Fault = {
  name: 'hostile',
  holds: "never 5xx, never another's data, every answer as documented",
  target: 50_000,
  async run({ trials, random, tried }: FaultRun) {
    const field = await Battlefield.open();
    try {
      const failures: string[] = [];
      let sent = 0;
      for (const request of byHand(field.targets)) {
        const breach = await field.attack(request);
        if (breach !== null) failures.push(report(request, breach));
        sent += 1;
      }
      const made = await fc.check(
        fc.asyncProperty(hostileRequests(field.contract, field.targets), async (request) => {
          const breach = await field.attack(request);
          tried((sent += 1));
          if (breach !== null) throw new Error(report(request, breach));
        }),
        { seed: random.seed | 0, numRuns: Math.max(trials - sent, 1) },
      );
      if (made.failed)
        failures.push(`${String(made.errorInstance)} (path ${made.counterexamplePath})`);
      const { complaints } = field;
      if (complaints !== '') failures.push(`The service complained: ${complaints.slice(0, 1_000)}`);
      return { trials: sent, rounds: 1, failures };
    } finally {
      await field.close();
    }
  },
};

const report = (
  { who, method, path, headers, body = '' }: HostileRequest,
  breach: string,
): string =>
  `${who} ${method} ${path.slice(0, 300)} ${JSON.stringify(headers)} ${body.slice(0, 400).toString()}: ${breach}`;
