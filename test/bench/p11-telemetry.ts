import type { Benchmark } from './support/benchmark.js';
import { Load, type Sample } from './support/load.js';
import { inRounds } from './support/rounds.js';
import { Server } from './support/server.js';
import { spreadOf } from './support/statistics.js';
import { prepareTickets } from './support/tickets.js';
import type { Burst } from './load/load-process.js';

const CONNECTIONS = 64;
/** About two seconds of commands. */
const REQUESTS = 10_000;
const SCRAPE_INTERVAL_MS = 1_000;
/** Longer than the batch processor delays spans. */
const EXPORT_WAIT_MS = 6_000;

/**
 * P11: the cost of telemetry. The whole service, once with every request traced and its spans sent
 * to a receiver in another process, its metrics scraped every second and its log at info; and once
 * without telemetry. Both get the same commands, and the same queries for one ticket.
 */
export const telemetry: Benchmark = {
  rows: ['P11'],
  async run(workbench, { trials = REQUESTS }) {
    const { progress } = workbench;
    const receiver = await Server.start(workbench, 'trace-receiver', {});
    const tracesTo = `http://127.0.0.1:${receiver.port}`;
    const folders = { on: workbench.folder(), off: workbench.folder() };
    const on = await Server.start(workbench, 'standalone', { folder: folders.on, tracesTo });
    const off = await Server.start(workbench, 'standalone', { folder: folders.off });
    progress('creating tickets');
    const requests = {
      on: await requestsTo(on, folders.on),
      off: await requestsTo(off, folders.off),
    };
    const load = new Load(workbench);
    const burst = { connections: CONNECTIONS, requests: trials };
    const without = (what: 'commands' | 'queries') =>
      load.burst(off, { ...burst, ...requests.off[what] });
    const withAll = async (what: 'commands' | 'queries') => {
      const scraping = setInterval(() => void scrape(on), SCRAPE_INTERVAL_MS);
      const sample = await load.burst(on, { ...burst, ...requests.on[what] });
      clearInterval(scraping);
      return sample;
    };
    const rounds = await inRounds(
      {
        commands: () => withAll('commands'),
        commandsOff: () => without('commands'),
        queries: () => withAll('queries'),
        queriesOff: () => without('queries'),
      },
      progress,
    );
    progress('counting spans');
    const before = await spansReceived(tracesTo);
    await load.burst(on, { ...burst, ...requests.on.commands });
    const spans = ((await spansReceived(tracesTo)) - before) / trials;
    load.stop();
    await Promise.all([on.stop(), off.stop()]);
    await receiver.stop();

    const measured = { target: { atMost: 1.25 }, trials, rounds: rounds.count };
    const cpu = (sample: Sample) => sample.cpu;
    const figures = (['commands', 'commandsOff', 'queries', 'queriesOff'] as const).map(
      (variant) => ({
        what: `CPU, ${names[variant]}`,
        unit: 'µs/request',
        value: rounds.figure(variant, cpu),
      }),
    );
    return {
      results: [
        {
          id: 'P11-command',
          what: 'CPU per accepted command, telemetry on ÷ off',
          ratio: rounds.ratio('commands', 'commandsOff', cpu),
          ...measured,
        },
        {
          id: 'P11-query',
          what: 'CPU per query for a ticket, telemetry on ÷ off',
          ratio: rounds.ratio('queries', 'queriesOff', cpu),
          ...measured,
        },
      ],
      figures: [...figures, { what: 'spans received', unit: '/command', value: spreadOf([spans]) }],
    };
  },
};

const names = {
  commands: 'command, telemetry on',
  commandsOff: 'command, telemetry off',
  queries: 'query, telemetry on',
  queriesOff: 'query, telemetry off',
};

type Requests = Pick<Burst, 'paths' | 'headers' | 'body'>;

/** Notes on tickets, and queries for each of these tickets. */
async function requestsTo(
  server: Server,
  folder: string,
): Promise<Readonly<Record<'commands' | 'queries', Requests>>> {
  const commands = await prepareTickets(server, folder);
  const paths = commands.paths.map((path) => path.slice(0, path.lastIndexOf('/')));
  return { commands, queries: { paths, headers: commands.headers } };
}

/** The number of received spans, once no more arrive: the last ones are delayed by five seconds. */
async function spansReceived(receiver: string): Promise<number> {
  let before = -1;
  for (;;) {
    const now = Number(await (await fetch(`${receiver}/spans`)).text());
    if (now === before) return now;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, EXPORT_WAIT_MS));
  }
}

async function scrape({ port }: Server): Promise<void> {
  await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
}
