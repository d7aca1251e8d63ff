import { join } from 'node:path';
import { SqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import { appendAll, BareLog, makeStreams } from './support/bulk.js';
import type { Benchmark } from './support/benchmark.js';
import { CommitCounter } from './support/commits.js';
import { inRounds } from './support/rounds.js';

const EVENTS = 40_000;

interface Sample {
  /** Durable events per second. */
  readonly throughput: number;
  /** The mean number of events per transaction. */
  readonly batch: number;
}

/**
 * P4: `SqliteEventStore.append`, compared with a loop over a prepared INSERT. Both write the same
 * rows into the same schema with the same pragmas, with as many events per transaction: the loop
 * uses the mean of the library's previous run. The loop gets finished rows; the library computes
 * its own: canonical JSON, hash chain, the transfer to the writer thread, heads and savepoints.
 */
export const eventStore: Benchmark = {
  rows: ['P4'],
  async run(workbench, { trials = EVENTS }) {
    const folder = workbench.folder();
    const store = await SqliteEventStore.open({ folder });
    const commits = new CommitCounter(folder);
    const bare = new BareLog(join(workbench.folder(), 'events.db'));
    let batch = trials;
    const rounds = await inRounds<'library' | 'bare', Sample>(
      {
        library: async () => {
          const streams = makeStreams(trials);
          const throughput = trials / (await secondsOf(() => appendAll(store, streams)));
          batch = trials / (await commits.take());
          return { throughput, batch };
        },
        bare: async () => {
          const rows = bare.rowsOf(makeStreams(trials));
          const throughput =
            trials /
            (await secondsOf(() => {
              bare.insertAll(rows, Math.round(batch));
            }));
          return { throughput, batch: Math.round(batch) };
        },
      },
      workbench.progress,
    );
    commits.close();
    await store.close();
    bare.close();

    const throughput = (sample: Sample) => sample.throughput;
    const batchOf = (sample: Sample) => sample.batch;
    return {
      results: [
        {
          id: 'P4',
          what: 'events per second, event store ÷ bare prepared statement',
          ratio: rounds.ratio('library', 'bare', throughput),
          target: { atLeast: 0.7 },
          trials,
          rounds: rounds.count,
        },
      ],
      figures: [
        { what: 'event store', unit: 'events/s', value: rounds.figure('library', throughput) },
        { what: 'bare loop', unit: 'events/s', value: rounds.figure('bare', throughput) },
        { what: 'event store', unit: 'events/commit', value: rounds.figure('library', batchOf) },
        { what: 'bare loop', unit: 'events/commit', value: rounds.figure('bare', batchOf) },
      ],
    };
  },
};

async function secondsOf(work: () => Promise<void> | void): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}
