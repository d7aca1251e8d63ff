import type { History, TicketAccepted, TicketPage } from '#test/support/answers.js';
import type { Answer } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import type { Name } from '#test/support/people.js';
import { raise } from '#test/support/tickets.js';
import type { Fault, FaultRun } from './fault.js';
import type { Random } from './random.js';

const MAX_WRITERS = 50;

type Attempt = readonly [by: Name, command: string, body?: object];

/** The commands of the writers: some are compatible, others exclude each other. */
const attempts: readonly [Attempt, ...Attempt[]] = [
  ['bob', 'handle'],
  ['carol', 'handle'],
  ['lena', 'handle'],
  ['alice', 'cancel'],
  ['alice', 'messages', { message: 'Still so.' }],
  ['dave', 'notes', { text: 'Seen before.' }],
  ['bob', 'notes', { text: 'I look at it.' }],
  ['lena', 'assign', { engineerId: 'dave' }],
  ['lena', 'forward', { engineerId: 'dave' }],
  ['bob', 'forward', { engineerId: 'carol' }],
  ['lena', 'severity', { severity: 'high' }],
  ['bob', 'request-feedback', { message: 'Since when?' }],
  ['bob', 'resolve', { summary: 'Renewed it.' }],
  ['alice', 'confirm', { rating: 5 }],
  ['lena', 'close', { reason: 'A duplicate.' }],
];

/** The refusals of losers: the state, handler, revision or rights have changed. */
const losses = [403, 409, 412];

interface Written {
  readonly attempt: Attempt;
  readonly ifMatch: number | undefined;
  readonly answer: Answer<TicketAccepted>;
}

/** Concurrent writers on one ticket. */
export const race: Fault = {
  name: 'race',
  holds: 'one winner for each revision, and the history matches the answers',
  target: 10_000,
  async run({ trials, random, tried }: FaultRun) {
    const desk = await Desk.open();
    const failures: string[] = [];
    let done = 0;
    try {
      while (done < trials && failures.length === 0) {
        failures.push(...(await oneRace(desk, random)));
        done += 1;
        tried(done);
      }
      const { complaints } = desk.service;
      if (complaints !== '') failures.push(`The service complained: ${complaints.slice(0, 500)}`);
    } finally {
      await desk.close();
    }
    return { trials: done, rounds: 1, failures };
  },
};

async function oneRace(desk: Desk, random: Random): Promise<string[]> {
  const created = await raise(desk);
  const writers = random.between(2, random.oneOf([4, 10, MAX_WRITERS]));
  const written = await Promise.all(
    Array.from({ length: writers }, () => write(desk, random, created)),
  );
  const { body } = await desk.as('lena').get<History>(`/tickets/${created.ticketId}/history`);
  const { position } = body.events.at(-1) ?? created;
  const shown = await desk
    .as('lena')
    .get<TicketPage>(`/tickets/${created.ticketId}?minPosition=${position}`);
  return judge(created, written, body, shown.body).map(
    (failure) => `${failure} (ticket ${created.ticketId}, ${writers} writers)`,
  );
}

async function write(desk: Desk, random: Random, created: TicketAccepted): Promise<Written> {
  const attempt = random.oneOf(attempts);
  const [by, command, body] = attempt;
  // Half of the writers send a revision: the current one, or one that may come soon.
  const ifMatch = random.oneOf([undefined, created.revision + random.between(0, 2)]);
  const headers: Record<string, string> =
    ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` };
  const answer = await desk.as(by).command(created.ticketId, command, body, headers);
  return { attempt, ifMatch, answer };
}

function judge(
  created: TicketAccepted,
  written: readonly Written[],
  { events }: History,
  shown: TicketPage,
): string[] {
  const failures: string[] = [];
  const winners = new Map<number, string>();
  for (let revision = 0; revision <= created.revision; revision++)
    winners.set(revision, 'creation');
  for (const { attempt, ifMatch, answer } of written) {
    const [by, command] = attempt;
    const who = `${by} ${command} ${ifMatch === undefined ? '' : `if ${ifMatch}`}`;
    if (answer.status !== 200) {
      if (!losses.includes(answer.status)) failures.push(`${who} was answered ${answer.text}`);
      continue;
    }
    const { revision, position, events: types, state } = answer.body;
    const first = revision - types.length + 1;
    if (types.length > 0 && ifMatch !== undefined && first !== ifMatch + 1) {
      failures.push(`${who} went ahead from revision ${first - 1}`);
    }
    const own = events.slice(first, revision + 1);
    if (own.map(({ type }) => type).join() !== types.join()) {
      failures.push(`${who} got ${types.join()} at ${revision}, but the history differs`);
    }
    if (events[revision]?.position !== position) failures.push(`${who} got another position`);
    if (new Set(own.map(({ commandId }) => commandId)).size > 1) {
      failures.push(`${who} has the events of several commands`);
    }
    for (let won = first; won <= revision; won++) {
      if (winners.has(won)) failures.push(`${who} and ${winners.get(won)} both won ${won}`);
      winners.set(won, who);
    }
    if (revision === shown.revision && state !== shown.state) {
      failures.push(`${who} got ${state}, but the ticket is ${shown.state}`);
    }
  }
  if (winners.size !== events.length || shown.revision !== events.length - 1) {
    failures.push(
      `${winners.size} revisions were won, the history has ${events.length}, the page ${shown.revision + 1}`,
    );
  }
  return failures;
}
