import { join } from 'node:path';
import type { EventReader } from '#event-store/event-store.js';
import { SqliteEventReader } from '#event-store/sqlite/sqlite-event-reader.js';
import type { Projection } from '#read-models/projection.js';
import { SqliteReadModelStore } from '#read-models/sqlite/sqlite-read-model-store.js';
import { projections } from '#read-models/views/all.js';
import { services } from '#read-models/views/services.js';
import { ticketEntries } from '#read-models/views/ticket-entries.js';
import { ticketPeriods } from '#read-models/views/ticket-periods.js';
import { tickets } from '#read-models/views/tickets.js';
import { BareReadModel, batchOf, type Batch } from './support/bare-read-model.js';
import type { Benchmark, Report } from './support/benchmark.js';
import { catchUp, neverLive } from './support/catch-up.js';
import { inRounds, type Rounds } from './support/rounds.js';
import { seededStore } from './support/seeded-store.js';
import type { Workbench } from './support/workbench.js';

const TICKETS = 5_000;

/**
 * Projections that write about a document an event. The others sum many events up in few documents:
 * there, upserting is next to nothing beside reading the log, and the ratio says nothing.
 */
const documentsEach = new Set([tickets.name, ticketPeriods.name, ticketEntries.name]);

interface Sample {
  readonly events: number;
  readonly seconds: number;
  /** CPU time for an event, in microseconds. */
  readonly cpu: number;
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
    const measured = projections.filter(({ name }) => name !== services.name);
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

async function measure(
  workbench: Workbench,
  log: EventReader,
  projection: Projection<object>,
): Promise<Report> {
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
        const before = process.cpuUsage();
        const sample = await catchUp(projection, log, neverLive(store));
        const cpu = cpuSince(before) / sample.events;
        ({ events } = sample);
        await store.close();
        return { ...sample, cpu };
      },
      bare: () => {
        const bare = new BareReadModel(join(workbench.folder(), 'read-models.db'), projection);
        const before = process.cpuUsage();
        const start = performance.now();
        bare.write(batches);
        const seconds = (performance.now() - start) / 1_000;
        const cpu = cpuSince(before) / events;
        bare.close();
        return Promise.resolve({ events, seconds, cpu });
      },
    },
    () => undefined,
  );
  return reportOf(projection.name, events, rounds);
}

function reportOf(
  name: string,
  events: number,
  rounds: Rounds<'catchUp' | 'bare', Sample>,
): Report {
  const rate = (sample: Sample) => sample.events / sample.seconds;
  const cpu = (sample: Sample) => sample.cpu;
  const ratio = rounds.ratio('catchUp', 'bare', rate);
  const what = `events per second, catching up ${name} ÷ bare upsert`;
  const hasTarget = documentsEach.has(name);
  const measured = { target: { atLeast: 0.6 }, trials: events, rounds: rounds.count };
  return {
    results: hasTarget ? [{ id: `P5-${name}`, what, ratio, ...measured }] : [],
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

/** User and system time of all threads since then, in microseconds. */
function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

const openIn = (workbench: Workbench): SqliteReadModelStore =>
  new SqliteReadModelStore(join(workbench.folder(), 'read-models.db'));
