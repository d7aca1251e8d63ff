import type { EventReader } from '#event-store/event-store.js';
import { SqliteEventReader } from '#event-store/sqlite/sqlite-event-reader.js';
import type { Projection } from '#projections/projection.js';
import { projections } from '#projections/all.js';
import { services } from '#projections/services.js';
import { ticketEntries } from '#projections/ticket-entries.js';
import { ticketPeriods } from '#projections/ticket-periods.js';
import { tickets } from '#projections/tickets.js';
import { batchOf, type Batch } from './support/bare-read-model.js';
import type { Benchmark, Report } from './support/benchmark.js';
import { catchUp, reportingStore } from './support/catch-up.js';
import { onMongodb, onSqlite, type StoreKind } from './support/read-model-stores.js';
import { inRounds, type Rounds } from './support/rounds.js';
import { seededStore } from './support/seeded-store.js';
import type { Workbench } from './support/workbench.js';

const TICKETS = 5_000;
/** The test server of MongoDB's protocol is slow: it gets fewer tickets by this factor. */
const FEWER_ON_MONGODB = 10;

/**
 * Projections that write about one document per event. The others sum up many events in few
 * documents, where upserts cost almost nothing and the ratio means nothing.
 */
const documentsEach = new Set([tickets.name, ticketPeriods.name, ticketEntries.name]);

interface Sample {
  readonly events: number;
  readonly seconds: number;
  /** CPU time per event, in microseconds. */
  readonly cpu: number;
}

/**
 * P5: a projection that reads a whole log until it answers queries, compared with a loop that only
 * upserts the resulting documents: those of each batch in one transaction, with their columns and
 * lists, in the same tables. Both build the indexes at the end. The loop gets the documents as
 * objects, and the changes of their lists, in advance.
 */
export const catchingUp: Benchmark = {
  rows: ['P5'],
  async run(workbench, { trials = TICKETS }) {
    const measured = projections.filter(({ name }) => name !== services.name);
    const sqlite = await measureOn(onSqlite(workbench), workbench, trials, measured);
    const fewer = Math.ceil(trials / FEWER_ON_MONGODB);
    const mongodb = await onMongodb(workbench);
    const one = measured.filter(({ name }) => name === tickets.name);
    const reports = [
      ...sqlite,
      ...(mongodb === null ? [] : await measureOn(mongodb, workbench, fewer, one)),
    ];
    return {
      results: reports.flatMap(({ results }) => results),
      figures: reports.flatMap(({ figures }) => figures),
    };
  },
};

async function measureOn(
  stores: StoreKind,
  workbench: Workbench,
  ticketCount: number,
  measured: readonly Projection<object>[],
): Promise<Report[]> {
  const store = { tickets: ticketCount, kept: null, projections: [] };
  const log = new SqliteEventReader(await seededStore(workbench, store));
  const reports: Report[] = [];
  for (const projection of measured) {
    workbench.progress(`${projection.name} on ${stores.name}`);
    reports.push(await measure(stores, log, projection));
  }
  await log.close();
  await stores.stop();
  return reports;
}

async function measure(
  stores: StoreKind,
  log: EventReader,
  projection: Projection<object>,
): Promise<Report> {
  const batches: Batch[] = [];
  const first = stores.open();
  await catchUp(
    projection,
    log,
    reportingStore(first, (changes) => batches.push(batchOf(projection, changes))),
  );
  await first.close();
  let events = 0;
  const rounds = await inRounds<'catchUp' | 'bare', Sample>(
    {
      catchUp: async () => {
        const store = stores.open();
        const before = process.cpuUsage();
        const sample = await catchUp(projection, log, store);
        const cpu = cpuSince(before) / sample.events;
        ({ events } = sample);
        await store.close();
        return { ...sample, cpu };
      },
      bare: async () => {
        const bare = await stores.bare(projection);
        const before = process.cpuUsage();
        const start = performance.now();
        await bare.write(batches);
        await bare.index();
        const seconds = (performance.now() - start) / 1_000;
        const cpu = cpuSince(before) / events;
        await bare.close();
        return { events, seconds, cpu };
      },
    },
    () => undefined,
  );
  return reportOf(projection.name, stores.name, events, rounds);
}

function reportOf(
  projection: string,
  store: string,
  events: number,
  rounds: Rounds<'catchUp' | 'bare', Sample>,
): Report {
  const name = `${projection} on ${store}`;
  const rate = (sample: Sample) => sample.events / sample.seconds;
  const cpu = (sample: Sample) => sample.cpu;
  const ratio = rounds.ratio('catchUp', 'bare', rate);
  const what = `events per second, catching up ${name} ÷ bare upsert`;
  const hasTarget = documentsEach.has(projection);
  const measured = { target: { atLeast: 0.6 }, trials: events, rounds: rounds.count };
  return {
    results: hasTarget ? [{ id: `P5-${projection}-${store}`, what, ratio, ...measured }] : [],
    figures: [
      ...(hasTarget ? [] : [{ what, unit: '', value: ratio }]),
      {
        what: `the same by CPU time, ${name}`,
        unit: '',
        value: rounds.ratio('bare', 'catchUp', cpu),
      },
      { what: `catching up ${name}`, unit: 'events/s', value: rounds.figure('catchUp', rate) },
      { what: `catching up ${name}`, unit: 'µs CPU/event', value: rounds.figure('catchUp', cpu) },
      { what: `bare upsert, ${name}`, unit: 'events/s', value: rounds.figure('bare', rate) },
    ],
  };
}

/** User and system time of all threads since a measurement, in microseconds. */
function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
