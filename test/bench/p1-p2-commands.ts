import type { Benchmark } from './support/benchmark.js';
import { Load, type Sample } from './support/load.js';
import { inRounds } from './support/rounds.js';
import { Server } from './support/server.js';
import { prepareTickets } from './support/tickets.js';

const CONNECTIONS = 64;
/** About two seconds of commands. */
const REQUESTS = 10_000;

/**
 * P1 and P2: the cost of an accepted command, compared with a POST that does nothing. Both get the
 * same requests. The whole service, projector included, runs in the same rounds for comparison.
 */
export const commands: Benchmark = {
  rows: ['P1', 'P2'],
  async run(workbench, { trials = REQUESTS }) {
    const { progress } = workbench;
    const folders = { commandApi: workbench.folder(), standalone: workbench.folder() };
    const noOp = await Server.start(workbench, 'no-op', {});
    const commandApi = await Server.start(workbench, 'command-api', { folder: folders.commandApi });
    const standalone = await Server.start(workbench, 'standalone', { folder: folders.standalone });
    progress('creating tickets');
    const notes = await prepareTickets(commandApi, folders.commandApi);
    const notesStandalone = await prepareTickets(standalone, folders.standalone);
    const load = new Load(workbench);
    const burst = { connections: CONNECTIONS, requests: trials };
    const rounds = await inRounds(
      {
        noOp: () => load.burst(noOp, { ...burst, ...notes }),
        command: () => load.burst(commandApi, { ...burst, ...notes }),
        standalone: () => load.burst(standalone, { ...burst, ...notesStandalone }),
      },
      progress,
    );
    load.stop();
    await Promise.all([noOp.stop(), commandApi.stop(), standalone.stop()]);

    const measured = { trials, rounds: rounds.count };
    const cpu = (sample: Sample) => sample.cpu;
    const throughput = (sample: Sample) => sample.throughput;
    const p99 = (sample: Sample) => sample.p99;
    const figures = (['noOp', 'command', 'standalone'] as const).flatMap((variant) => [
      { what: `CPU, ${names[variant]}`, unit: 'µs/request', value: rounds.figure(variant, cpu) },
      { what: names[variant], unit: 'requests/s', value: rounds.figure(variant, throughput) },
      { what: `p99, ${names[variant]}`, unit: 'ms', value: rounds.figure(variant, p99) },
    ]);
    return {
      results: [
        {
          id: 'P1',
          what: 'CPU per request, accepted command ÷ no-op POST',
          ratio: rounds.ratio('command', 'noOp', cpu),
          target: { atMost: 2 },
          ...measured,
        },
        {
          id: 'P2',
          what: 'requests per second, accepted command ÷ no-op POST',
          ratio: rounds.ratio('command', 'noOp', throughput),
          target: { atLeast: 0.5 },
          ...measured,
        },
      ],
      figures: [
        ...figures,
        {
          what: 'CPU, whole service ÷ no-op POST',
          unit: '',
          value: rounds.ratio('standalone', 'noOp', cpu),
        },
      ],
    };
  },
};

const names = { noOp: 'no-op POST', command: 'command', standalone: 'command, whole service' };
