import { CommandRunners } from '#commands/command-runners.js';
import { START, type EventStore } from '#event-store/event-store.js';
import type { SnapshotStore } from '#event-store/snapshots.js';
import { openEventStore, openSnapshots } from '#platform/stores.js';
import { CannotRun } from '../replay/cannot-run.js';
import type { Progress } from '../progress.js';
import { arrivalsIn, type Period } from './arrivals.js';
import { Commands } from './commands.js';
import { makeDesk } from './desk.js';
import { helpdeskModel } from './helpdesk-model.js';
import { Course } from './model.js';
import { Random } from './random.js';
import { SeededSystem } from './seeded-system.js';
import { setUpDesk } from './set-up-desk.js';
import { Tally } from './tally.js';
import { Texts } from './texts.js';
import { TicketSource } from './ticket-source.js';
import { Writer } from './writer.js';

export interface Options {
  readonly dataFolder: string;
  readonly tickets: number;
  readonly period: Period;
  /** The same seed fills an empty store with the same log. */
  readonly random: string;
  /** Whether tickets that are there already are no reason to refuse. */
  readonly more: boolean;
  readonly signal: AbortSignal;
  readonly progress: (what: string, total: number) => Progress;
}

/**
 * Fills the embedded store with tickets as a real desk has them: of the model's courses, decided by
 * the domain, appended by the store.
 *
 * @throws CannotRun where there are tickets already; FolderInUse (by name) where the service runs.
 */
export async function seed(options: Options): Promise<Tally> {
  const log = await openEventStore({ dataFolder: options.dataFolder, eventStoreUrl: null });
  const snapshots = openSnapshots(options);
  try {
    return await fill(log, snapshots, options);
  } finally {
    snapshots.close();
    await log.close();
  }
}

async function fill(log: EventStore, snapshots: SnapshotStore, options: Options): Promise<Tally> {
  const { tickets, period, signal, progress } = options;
  const random = await randomFor(log, options);
  const system = new SeededSystem(random);
  system.time = period.from;
  const desk = makeDesk(new Random('desk'));
  const runners = new CommandRunners(log, snapshots, () => system.random());
  const facts = await setUpDesk(desk, runners, system);
  const source = new TicketSource(
    arrivalsIn(period, tickets, helpdeskModel.arrivals, random),
    period.to,
    {
      desk,
      course: new Course(helpdeskModel),
      commands: new Commands(desk, facts, new Texts(), random),
      system,
      random,
    },
  );
  const shown = progress('Seeding', tickets);
  try {
    return await writeAll(source, new Writer(log), signal, (arrived) => {
      shown.advance(arrived);
    });
  } finally {
    shown.stop();
  }
}

async function writeAll(
  source: TicketSource,
  writer: Writer,
  signal: AbortSignal,
  arrived: (tickets: number) => void,
): Promise<Tally> {
  const tally = new Tally();
  let told = 0;
  for (
    let append = await source.next();
    append !== null && !signal.aborted;
    append = await source.next()
  ) {
    tally.count(append);
    await writer.write(append);
    if (source.ticketCount - told < TICKETS_A_REPORT) continue;
    arrived(source.ticketCount - told);
    told = source.ticketCount;
  }
  arrived(source.ticketCount - told);
  await writer.finish();
  return tally;
}

const TICKETS_A_REPORT = 100;

/** Another seed for every further filling: the same ids cannot be on a log twice. */
async function randomFor(log: EventStore, { dataFolder, random, more }: Options): Promise<Random> {
  const { events } = await log.readAll({ after: START, types: ['TicketCreated'], limit: 1 });
  if (events.length === 0) return new Random(random);
  if (more) return new Random(random, (await log.headPosition()).toString());
  throw new CannotRun(
    `There are tickets in ${dataFolder} already. Name another folder with --data-dir, or add to them with --more.`,
  );
}
