import { CommandRunners } from '#commands/command-runners.js';
import type { EventStore } from '#event-store/event-store.js';
import type { SnapshotStore } from '#event-store/snapshots.js';
import { openEventStore, openSnapshots } from '#platform/stores.js';
import { logEvents } from '../log/log-events.js';
import type { Progress } from '../progress.js';
import { CannotRun } from '../replay/cannot-run.js';
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
  /** Whether to add to existing tickets. */
  readonly more: boolean;
  readonly signal: AbortSignal;
  readonly progress: (what: string, total: number) => Progress;
}

/**
 * Fills the embedded store with realistic tickets: drawn from the model, decided by the domain,
 * appended by the store.
 *
 * @throws CannotRun if there are tickets already; FolderInUse if the service runs on the folder
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
  onTickets: (tickets: number) => void,
): Promise<Tally> {
  const tally = new Tally();
  let reported = 0;
  for (
    let append = await source.next();
    append !== null && !signal.aborted;
    append = await source.next()
  ) {
    tally.count(append);
    await writer.write(append);
    if (source.ticketCount - reported < TICKETS_PER_REPORT) continue;
    onTickets(source.ticketCount - reported);
    reported = source.ticketCount;
  }
  onTickets(source.ticketCount - reported);
  await writer.finish();
  return tally;
}

const TICKETS_PER_REPORT = 100;

/** Each addition uses another seed, because ids must be unique in a log. */
async function randomFor(log: EventStore, { dataFolder, random, more }: Options): Promise<Random> {
  if (!(await hasTickets(log))) return new Random(random);
  if (more) return new Random(random, (await log.headPosition()).toString());
  throw new CannotRun(
    `The store in ${dataFolder} already has tickets. Give another folder with --data-dir, or add to them with --more.`,
  );
}

async function hasTickets(log: EventStore): Promise<boolean> {
  for await (const { stream } of logEvents(log)) if (stream.startsWith('ticket-')) return true;
  return false;
}
