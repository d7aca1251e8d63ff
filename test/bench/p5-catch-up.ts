import { join } from 'node:path';
import type { EventReader } from '#event-store/event-store.js';
import { SqliteEventReader } from '#event-store/sqlite/sqlite-event-reader.js';
import type { Projection } from '#read-models/projection.js';
import { SqliteReadModelStore } from '#read-models/sqlite/sqlite-read-model-store.js';
import { projections } from '#read-models/views/all.js';
import { BareReadModel, batchOf, type Batch } from './support/bare-read-model.js';
import type { Benchmark } from './support/benchmark.js';
import { catchUp, neverLive } from './support/catch-up.js';
import { inRounds } from './support/rounds.js';
import { seededStore } from './support/seeded-store.js';
import type { Workbench } from './support/workbench.js';

const TICKETS = 5_000;

interface Sample {
  readonly events: number;
  readonly seconds: number;
}

/**
 * P5: a projection that reads a whole log beside a loop that does nothing but upsert the documents
 * that come of it: those of each batch in one transaction, with their columns and lists, in the same
 * tables. The loop has the documents as objects, and what changes in their lists, before it begins.
 */
export const catchingUp: Benchmark = {
  rows: ['P5'],
  async run(workbench, { trials = TICKETS }) {
    const folder = await seededStore(workbench, { tickets: trials, kept: null, projections: [] });
    const log = new SqliteEventReader(folder);
    const measured = projections.filter(({ name }) => name !== 'services');
    const reports = [];
    for (const projection of measured) {
      workbench.progress(projection.name);
      reports.push(await measure(workbench, log, projection));
    }
    await log.close();
    return {
      results: reports.flatMap(({ results }) => results),
      figures: reports.flatMap(({ figures }) => figures),
    };
  },
};

async function measure(workbench: Workbench, log: EventReader, projection: Projection<object>) {
  const batches: Batch[] = [];
  const first = openIn(workbench);
  await catchUp(
    projection,
    log,
    neverLive(first, (changes) => batches.push(batchOf(projection, changes))),
  );
  await first.close();
  let events = 0;
  const rounds = await inRounds<'catchUp' | 'bare', Sample>(
    {
      catchUp: async () => {
        const store = openIn(workbench);
        const sample = await catchUp(projection, log, neverLive(store));
        ({ events } = sample);
        await store.close();
        return sample;
      },
      bare: () => {
        const bare = new BareReadModel(join(workbench.folder(), 'read-models.db'), projection);
        const start = performance.now();
        bare.write(batches);
        const seconds = (performance.now() - start) / 1_000;
        bare.close();
        return Promise.resolve({ events, seconds });
      },
    },
    () => undefined,
  );
  const rate = (sample: Sample) => sample.events / sample.seconds;
  const { name } = projection;
  return {
    results: [
      {
        id: `P5-${name}`,
        what: `events per second, catching up ${name} ÷ bare upsert`,
        ratio: rounds.ratio('catchUp', 'bare', rate),
        target: { atLeast: 0.6 },
        trials: events,
        rounds: rounds.count,
      },
    ],
    figures: [
      { what: `catching up ${name}`, unit: 'events/s', value: rounds.figure('catchUp', rate) },
      { what: `bare upsert, ${name}`, unit: 'events/s', value: rounds.figure('bare', rate) },
    ],
  };
}

const openIn = (workbench: Workbench): SqliteReadModelStore =>
  new SqliteReadModelStore(join(workbench.folder(), 'read-models.db'));
