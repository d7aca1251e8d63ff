import type { Desk } from '#test/support/desk.js';
import { give, raise } from '#test/support/tickets.js';
import { rawTrial } from './damage/raw-trial.js';
import { damageTrial, truthOf } from './damage/trial.js';
import { viewTrial } from './damage/view-trial.js';
import type { Fault, FaultRun } from './fault.js';
import type { Random } from './random.js';
import { inRounds } from './rounds.js';

const TRIALS_PER_ROUND = 200;
const TICKETS = 8;

/** Records, bytes and pages of the log are altered, cut, exchanged or removed, and derived files too. */
export const damage: Fault = {
  name: 'damage',
  holds:
    'a ticket with a damaged record is refused with its place and never answered otherwise, all ' +
    'other tickets are answered as before, what the log has lost is said, and derived files are rebuilt',
  target: 1_000,
  run: (run: FaultRun) =>
    inRounds(run, TRIALS_PER_ROUND, async (desk) => {
      const { random } = run;
      const truth = await truthOf(desk, await ticketsOf(desk));
      return () => trialFor(random)(desk, truth, random);
    }),
};

function trialFor(random: Random): typeof damageTrial {
  const n = random.between(1, 20);
  if (n === 1) return rawTrial;
  return n <= 3 ? viewTrial : damageTrial;
}

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
