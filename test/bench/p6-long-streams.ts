import { join } from 'node:path';
import { ticketDecider } from '#ticketing/deciders.js';
import { CommandRunner } from '#event-sourcing/command-runner.js';
import { ticketCodec } from '#event-store/codec/stored-types.js';
import { SqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import { SqliteSnapshotStore } from '#event-store/sqlite/sqlite-snapshot-store.js';
import type { Benchmark } from './support/benchmark.js';
import { inRounds } from './support/rounds.js';
import { median } from './support/statistics.js';
import {
  addNote,
  writeTicket,
  type TicketRunner,
  type TicketStream,
} from './support/ticket-streams.js';

const SHORT = 10;
const LONG = 10_000;
const COMMANDS = 100;

/** The number of long tickets, with 0, 5, 10, … 95 events after their snapshot at first. */
const LONG_TICKETS = 20;

/** The cost of a command. */
interface Cost {
  /** The median time from the call until it is durable, in microseconds. */
  readonly time: number;
  /** The median CPU time of all threads, in microseconds. */
  readonly cpu: number;
}

interface Sample {
  readonly short: Cost;
  readonly long: Cost;
}

/**
 * P6: a note on a ticket of 10,000 events, compared with a note on a ticket of 10, one command after
 * the other, on the embedded store. Warm: the runner has the ticket's state. Cold: a new runner that
 * has loaded none of the tickets; long tickets have the snapshot that a running service would have written.
 */
export const longStreams: Benchmark = {
  rows: ['P6'],
  async run(workbench, { trials = COMMANDS }) {
    const folder = workbench.folder();
    const log = await SqliteEventStore.open({ folder });
    const snapshots = new SqliteSnapshotStore(join(folder, 'snapshots.db'));
    const newRunner = (): TicketRunner =>
      new CommandRunner(ticketDecider, ticketCodec, log, snapshots, Math.random);
    const write = (settled: number, more: number) =>
      writeTicket(log, snapshots, newRunner, { settled, more });

    workbench.progress(`writing ${LONG_TICKETS} tickets of ${LONG} events`);
    const long: TicketStream[] = [];
    for (let index = 0; index < LONG_TICKETS; index++) {
      long.push(await write(LONG + 1, (index * 100) / LONG_TICKETS));
    }
    const longWarm = [await write(LONG + 1, 0)];
    // A command makes a ticket of 10 events one of 11: each short ticket is used once.
    const short = (count: number) =>
      Promise.all(Array.from({ length: count }, () => write(SHORT, 0)));

    const warm = async (): Promise<Sample> => {
      const runner = newRunner();
      const tickets = { short: await short(trials), long: longWarm };
      for (const { stream } of [...tickets.short, ...tickets.long]) await runner.read(stream);
      return measured(trials, tickets, runner);
    };
    const cold = async (): Promise<Sample> => {
      const tickets = { short: await short(LONG_TICKETS), long };
      for (const { stream, snapshot } of long) {
        if (snapshot !== null) snapshots.save(stream, snapshot);
      }
      return measured(LONG_TICKETS, tickets, newRunner());
    };
    const rounds = await inRounds({ warm, cold }, workbench.progress);
    await log.close();
    snapshots.close();

    return {
      results: kinds.map(({ kind, atMost }) => ({
        id: `P6-${kind}`,
        what: `time of a command, ${kind}, ${LONG} events ÷ ${SHORT}`,
        ratio: rounds.figure(kind, (sample) => sample.long.time / sample.short.time),
        target: { atMost },
        trials: kind === 'warm' ? trials : LONG_TICKETS,
        rounds: rounds.count,
      })),
      figures: kinds.flatMap(({ kind }) => [
        {
          what: `command, ${kind}, ${SHORT} events`,
          unit: 'µs',
          value: rounds.figure(kind, (sample) => sample.short.time),
        },
        {
          what: `command, ${kind}, ${LONG} events`,
          unit: 'µs',
          value: rounds.figure(kind, (sample) => sample.long.time),
        },
        {
          what: `CPU of a command, ${kind}, ${LONG} events ÷ ${SHORT}`,
          unit: '',
          value: rounds.figure(kind, (sample) => sample.long.cpu / sample.short.cpu),
        },
      ]),
    };
  },
};

const kinds = [
  { kind: 'warm', atMost: 1.2 },
  { kind: 'cold', atMost: 3 },
] as const;

interface Tickets {
  readonly short: readonly TicketStream[];
  readonly long: readonly TicketStream[];
}

/** Runs commands one after the other, alternating between short and long tickets. */
async function measured(
  commands: number,
  { short, long }: Tickets,
  runner: TicketRunner,
): Promise<Sample> {
  const costs: { short: Cost[]; long: Cost[] } = { short: [], long: [] };
  for (let index = 0; index < commands; index++) {
    costs.short.push(await costOfNote(runner, short, index));
    costs.long.push(await costOfNote(runner, long, index));
  }
  return { short: medianOf(costs.short), long: medianOf(costs.long) };
}

async function costOfNote(
  runner: TicketRunner,
  tickets: readonly TicketStream[],
  index: number,
): Promise<Cost> {
  const { stream } = tickets[index % tickets.length] as TicketStream;
  const before = process.cpuUsage();
  const start = performance.now();
  await addNote(runner, stream);
  const time = (performance.now() - start) * 1_000;
  const { user, system } = process.cpuUsage(before);
  return { time, cpu: user + system };
}

const medianOf = (costs: readonly Cost[]): Cost => ({
  time: median(costs.map(({ time }) => time)),
  cpu: median(costs.map(({ cpu }) => cpu)),
});
