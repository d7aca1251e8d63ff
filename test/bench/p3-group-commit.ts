import type { Benchmark } from './support/benchmark.js';
import { Load, type Sample } from './support/load.js';
import { inRounds } from './support/rounds.js';
import { Server } from './support/server.js';
import { prepareTickets, type Notes } from './support/tickets.js';
import type { Workbench } from './support/workbench.js';

const CONNECTIONS = 64;
const REQUESTS = 4_000;
/** With one connection a request waits for its own commit: fewer requests suffice. */
const SHARE_OF_ONE_CONNECTION = 4;

/**
 * P3: group commits, compared with one commit per command on the same stack; and the cost of
 * grouping for a single caller.
 */
export const groupCommit: Benchmark = {
  rows: ['P3'],
  async run(workbench, { trials = REQUESTS }) {
    const grouped = await start(workbench, {});
    const single = await start(workbench, { maxGroupAppends: 1 });
    const load = new Load(workbench);
    const burst =
      ({ server, notes }: Started, connections: number, requests: number) =>
      () =>
        load.burst(server, { ...notes, connections, requests });
    const alone = Math.ceil(trials / SHARE_OF_ONE_CONNECTION);
    const rounds = await inRounds(
      {
        grouped: burst(grouped, CONNECTIONS, trials),
        single: burst(single, CONNECTIONS, trials),
        groupedAlone: burst(grouped, 1, alone),
        singleAlone: burst(single, 1, alone),
      },
      workbench.progress,
    );
    load.stop();
    await Promise.all([grouped.server.stop(), single.server.stop()]);

    const throughput = (sample: Sample) => sample.throughput;
    const cpu = (sample: Sample) => sample.cpu;
    const p50 = (sample: Sample) => sample.p50;
    const figure = (what: string, unit: string, name: keyof typeof names, of: typeof cpu) => ({
      what: `${what}${names[name]}`,
      unit,
      value: rounds.figure(name, of),
    });
    return {
      results: [
        {
          id: 'P3',
          what: 'commands per second, 64 connections, group commit ÷ one commit per command',
          ratio: rounds.ratio('grouped', 'single', throughput),
          target: { atLeast: 5 },
          trials,
          rounds: rounds.count,
        },
        {
          id: 'P3-latency',
          what: 'median latency, 1 connection, group commit ÷ one commit per command',
          ratio: rounds.ratio('groupedAlone', 'singleAlone', p50),
          target: { atMost: 1.2 },
          trials: alone,
          rounds: rounds.count,
        },
      ],
      figures: [
        figure('', 'commands/s', 'grouped', throughput),
        figure('', 'commands/s', 'single', throughput),
        figure('CPU, ', 'µs/command', 'grouped', cpu),
        figure('CPU, ', 'µs/command', 'single', cpu),
        figure('latency, ', 'ms', 'groupedAlone', p50),
        figure('latency, ', 'ms', 'singleAlone', p50),
      ],
    };
  },
};

const names = {
  grouped: 'group commit, 64 connections',
  single: 'one commit per command, 64 connections',
  groupedAlone: 'group commit, 1 connection',
  singleAlone: 'one commit per command, 1 connection',
};

interface Started {
  readonly server: Server;
  readonly notes: Notes;
}

async function start(workbench: Workbench, settings: object): Promise<Started> {
  const folder = workbench.folder();
  const server = await Server.start(workbench, 'command-api', { folder, ...settings });
  workbench.progress('creating tickets');
  return { server, notes: await prepareTickets(server, folder) };
}
