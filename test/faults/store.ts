import { EventStoreDbProcess } from '#test/eventstoredb/server/server-process.js';
import type { History } from '#test/support/answers.js';
import { Desk } from '#test/support/desk.js';
import type { HttpAnswer } from '#test/support/http.js';
import { raise } from '#test/support/tickets.js';
import { pause, until } from '#test/support/until.js';
import type { Fault, FaultRun } from './fault.js';
import type { Random } from './random.js';

/** The number of commands during a failure, some on the same ticket. */
const COMMANDS = 6;
const TICKETS = 3;
/** New tickets are created after this many trials, so that a history fits in one page. */
const TRIALS_PER_TICKET = 50;
/** One trial in this many lasts longer than the service waits for its store. */
const LONG_ONE_IN = 20;

/** A command that is retried until it is accepted. */
interface Command {
  readonly ticketId: string;
  readonly text: string;
}

/** The event store is away, slow, silent, or cuts connections, while commands are sent. */
export const store: Fault = {
  name: 'store',
  holds: '503 with Retry-After, nothing lost, nothing twice, and automatic recovery',
  target: 500,
  async run({ trials, random, tried }: FaultRun) {
    const server = await EventStoreDbProcess.start();
    const desk = await Desk.open({ EVENTSTORE_URL: server.url });
    const failures: string[] = [];
    let done = 0;
    let refused = 0;
    try {
      let ids: string[] = [];
      while (done < trials && failures.length === 0) {
        if (done % TRIALS_PER_TICKET === 0) ids = await raiseSome(desk);
        const trial = await oneTrial(desk, server, random, ids, `trial ${done + 1}`);
        failures.push(...trial.failures);
        refused += trial.refused;
        tried((done += 1));
      }
    } finally {
      await desk.close();
      await server.stop();
    }
    if (done >= 4 * LONG_ONE_IN && refused === 0) failures.push('The store never failed for long.');
    return { trials: done, rounds: 1, failures };
  },
};

async function raiseSome(desk: Desk): Promise<string[]> {
  const tickets = await Promise.all(Array.from({ length: TICKETS }, () => raise(desk)));
  return tickets.map(({ ticketId }) => ticketId);
}

interface Trial {
  readonly failures: readonly string[];
  /** The number of 503 answers. */
  readonly refused: number;
}

async function oneTrial(
  desk: Desk,
  server: EventStoreDbProcess,
  random: Random,
  tickets: readonly string[],
  name: string,
): Promise<Trial> {
  const commands = Array.from({ length: COMMANDS }, (_, index) => ({
    ticketId: tickets[index % tickets.length] ?? '',
    text: `${name}, ${index}`,
  }));
  const long = random.between(1, LONG_ONE_IN) === 1;
  const what = random.oneOf(FAULTS);
  const milliseconds = long ? 6_500 : random.between(0, 400);
  const failing = fail(server, what, milliseconds);
  await pause(random.between(0, 20));
  const answers = await Promise.all(commands.map((command) => send(desk, command)));
  await failing;
  await server.command('behave');
  const failures = answers.flatMap((answer) => problemsOf(answer));
  for (const command of commands) failures.push(...(await accepted(desk, command)));
  for (const ticketId of tickets) failures.push(...(await notOnce(desk, ticketId, commands)));
  const prefix = `${name}, the store ${what} for ${milliseconds} ms: `;
  return {
    failures: failures.map((failure) => prefix + failure),
    refused: answers.filter(({ status }) => status === 503).length,
  };
}

const FAULTS = [
  'away',
  'silent',
  'slow',
  'cut before the commit',
  'cut after the commit',
  'cut everywhere',
  'busy',
  'with silent subscriptions',
] as const;

/** Makes the store fail, and resolves at the end of the failure. */
async function fail(
  server: EventStoreDbProcess,
  what: (typeof FAULTS)[number],
  milliseconds: number,
): Promise<void> {
  switch (what) {
    case 'away':
      await server.command('restart', milliseconds);
      return;
    case 'silent':
      await server.command('goSilent');
      break;
    case 'slow':
      await server.command('delayAnswers', milliseconds);
      break;
    case 'cut before the commit':
      await server.command('cutNextAppends', 'before it is applied', 3);
      return;
    case 'cut after the commit':
      await server.command('cutNextAppends', 'after it is applied', 3);
      return;
    case 'cut everywhere':
      await server.command('cutConnections');
      return;
    case 'busy':
      await server.command('failNext', 'busy', 3);
      return;
    case 'with silent subscriptions':
      await server.command('silenceSubscriptions');
      return;
  }
  await pause(milliseconds);
  await server.command('behave');
}

const send = (desk: Desk, { ticketId, text }: Command): Promise<HttpAnswer> =>
  desk.as('bob').command(ticketId, 'notes', { text }, { 'idempotency-key': text });

function problemsOf({ status, headers, text }: HttpAnswer): string[] {
  if (status === 200) return [];
  if (status !== 503) return [`answered ${status}: ${text}`];
  return /^\d+$/.test(String(headers['retry-after'])) ? [] : ['503 without Retry-After'];
}

/** Retries a command like a client, until it is accepted. */
async function accepted(desk: Desk, command: Command): Promise<string[]> {
  const failures: string[] = [];
  await until(`"${command.text}" is accepted`, async () => {
    const answer = await send(desk, command);
    failures.push(...problemsOf(answer));
    return answer.status === 200 || failures.length > 0 ? true : null;
  });
  return failures;
}

async function notOnce(
  desk: Desk,
  ticketId: string,
  commands: readonly Command[],
): Promise<string[]> {
  const { body } = await desk.as('lena').get<History>(`/tickets/${ticketId}/history`);
  return commands.flatMap(({ ticketId: of, text }) => {
    const effects = body.events.filter(({ data }) => Object.values(data).includes(text)).length;
    const wanted = of === ticketId ? 1 : 0;
    return effects === wanted ? [] : [`"${text}" is ${effects} times on ticket ${ticketId}`];
  });
}
