import { Desk } from '#test/support/desk.js';
import { give, raise } from '#test/support/tickets.js';
import { damageTrial, truthOf } from './damage/trial.js';
import type { Fault, FaultRun } from './fault.js';

const TRIALS_PER_ROUND = 200;
const TICKETS = 8;

/** Records of the log are altered, cut, exchanged or removed, and derived files too. */
export const damage: Fault = {
  name: 'damage',
  holds:
    'a ticket with a damaged record is refused with its place and never answered otherwise, all ' +
    'other tickets are answered as before, and derived files are rebuilt',
  target: 1_000,
  async run({ trials, random, tried }: FaultRun) {
    let done = 0;
    let rounds = 0;
    while (done < trials) {
      rounds += 1;
      const desk = await Desk.open();
      try {
        const truth = await truthOf(desk, await ticketsOf(desk));
        for (let trial = 0; trial < TRIALS_PER_ROUND && done < trials; trial++) {
          const failures = await damageTrial(desk, truth, random);
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

async function ticketsOf(desk: Desk): Promise<readonly string[]> {
  const tickets: string[] = [];
  for (let n = 0; n < TICKETS; n++) {
    const { ticketId } = await raise(desk, { description: `Ticket ${n} has a text.` });
    await give(desk, 'bob', ticketId, 'handle');
    for (let note = 0; note <= n; note++)
      await give(desk, 'bob', ticketId, 'notes', { text: `Note ${note} on it.` });
    tickets.push(ticketId);
  }
  return tickets;
}
