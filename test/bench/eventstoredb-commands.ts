import { EventStoreDbProcess } from '#test/eventstoredb/server/server-process.js';
import type { Benchmark } from './support/benchmark.js';
import { Load, type Sample } from './support/load.js';
import { inRounds } from './support/rounds.js';
import { Server } from './support/server.js';
import { prepareTickets } from './support/tickets.js';

const CONNECTIONS = 64;
const REQUESTS = 10_000;

/**
 * The cost of an accepted command with the log in EventStoreDB, compared with the embedded log: the
 * whole service, projector included. The server of EventStoreDB's protocol is a separate process on
 * the same machine; its CPU time is not counted, although it uses the same cores.
 */
export const eventStoreDbCommands: Benchmark = {
  rows: ['ESDB'],
  async run(workbench, { trials = REQUESTS }) {
    const { progress } = workbench;
    const eventStore = await EventStoreDbProcess.start();
    const folders = { embedded: workbench.folder(), eventStoreDb: workbench.folder() };
    const embedded = await Server.start(workbench, 'standalone', { folder: folders.embedded });
    const eventStoreDb = await Server.start(workbench, 'standalone', {
      folder: folders.eventStoreDb,
      eventStoreUrl: eventStore.url,
    });
    progress('creating tickets');
    const notes = {
      embedded: await prepareTickets(embedded, folders.embedded),
      eventStoreDb: await prepareTickets(eventStoreDb, folders.eventStoreDb),
    };
    const load = new Load(workbench);
    const burst = { connections: CONNECTIONS, requests: trials };
    const rounds = await inRounds(
      {
        embedded: () => load.burst(embedded, { ...burst, ...notes.embedded }),
        eventStoreDb: () => load.burst(eventStoreDb, { ...burst, ...notes.eventStoreDb }),
      },
      progress,
    );
    load.stop();
    await Promise.all([embedded.stop(), eventStoreDb.stop()]);
    await eventStore.stop();

    const measured = { trials, rounds: rounds.count };
    const cpu = (sample: Sample) => sample.cpu;
    const throughput = (sample: Sample) => sample.throughput;
    const p99 = (sample: Sample) => sample.p99;
    return {
      results: [
        {
          id: 'ESDB-CPU',
          what: 'CPU per command of the whole service, log in EventStoreDB ÷ embedded log',
          ratio: rounds.ratio('eventStoreDb', 'embedded', cpu),
          target: { atMost: 2 },
          ...measured,
        },
        {
          id: 'ESDB-RATE',
          what: 'accepted commands per second, log in EventStoreDB',
          ratio: rounds.figure('eventStoreDb', throughput),
          target: { atLeast: 2_000 },
          ...measured,
        },
      ],
      figures: (['embedded', 'eventStoreDb'] as const).flatMap((variant) => [
        { what: `CPU, ${names[variant]}`, unit: 'µs/request', value: rounds.figure(variant, cpu) },
        { what: names[variant], unit: 'requests/s', value: rounds.figure(variant, throughput) },
        { what: `p99, ${names[variant]}`, unit: 'ms', value: rounds.figure(variant, p99) },
      ]),
    };
  },
};

const names = { embedded: 'command, embedded log', eventStoreDb: 'command, log in EventStoreDB' };
