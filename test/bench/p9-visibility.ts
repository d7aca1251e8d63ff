import type { Benchmark } from './support/benchmark.js';
import { Load } from './support/load.js';
import { Prober, type Probe } from './support/prober.js';
import { inRounds } from './support/rounds.js';
import { Server } from './support/server.js';
import { percentile } from './support/statistics.js';
import { prepareTickets } from './support/tickets.js';

/** The load: commands of other callers, about half a core on the development machine. */
const PER_SECOND = 400;
const CONNECTIONS = 16;
const REQUESTS = 3_200;

interface Sample {
  readonly command: number;
  readonly visible: number;
  readonly probes: number;
}

/**
 * P9: how long after its acknowledgement a command's effect is visible in a list, compared with the
 * duration of the command. The whole service serves other callers at a steady rate, while a prober
 * sends a command and repeats a list until it shows the effect, again and again.
 */
export const visibility: Benchmark = {
  rows: ['P9'],
  async run(workbench, { trials = REQUESTS }) {
    const folder = workbench.folder();
    const server = await Server.start(workbench, 'standalone', { folder });
    workbench.progress('creating tickets');
    const notes = await prepareTickets(server, folder);
    const prober = await Prober.start(server, folder);
    const load = new Load(workbench);
    const burst = { ...notes, connections: CONNECTIONS, requests: trials, perSecond: PER_SECOND };
    const rounds = await inRounds<'loaded', Sample>(
      {
        loaded: async () => {
          const sample = sampleOf(await probeUntil(prober, load.send(server, burst)));
          await server.idle();
          return sample;
        },
      },
      workbench.progress,
    );
    prober.stop();
    load.stop();
    await server.stop();

    const figure = (what: string, unit: string, of: (sample: Sample) => number) => ({
      what,
      unit,
      value: rounds.figure('loaded', of),
    });
    return {
      results: [
        {
          id: 'P9',
          what: `p99 from acknowledgement to visible ÷ p99 of the command, ${PER_SECOND} others a second`,
          ratio: rounds.figure('loaded', ({ visible, command }) => visible / command),
          target: { atMost: 3 },
          trials,
          rounds: rounds.count,
        },
      ],
      figures: [
        figure('p99, command', 'ms', ({ command }) => command),
        figure('p99, acknowledged to visible', 'ms', ({ visible }) => visible),
        figure('probes', 'a round', ({ probes }) => probes),
      ],
    };
  },
};

/** Probes one after the other until a promise settles, at least once. */
async function probeUntil(prober: Prober, over: Promise<unknown>): Promise<Probe[]> {
  const ended = new AbortController();
  const end = over.finally(() => {
    ended.abort();
  });
  const probes: Probe[] = [];
  do probes.push(await prober.probe());
  while (!ended.signal.aborted);
  await end;
  return probes;
}

const sampleOf = (probes: readonly Probe[]): Sample => ({
  command: percentile(
    probes.map(({ command }) => command),
    0.99,
  ),
  visible: percentile(
    probes.map(({ visible }) => visible),
    0.99,
  ),
  probes: probes.length,
});
