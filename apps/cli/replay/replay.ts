import { createHash } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { RetryingClient } from './retrying-client.js';
import type { DeskLog } from './desk-log.js';
import type { Mapping } from './mapping.js';
import { inLogTime } from './pace.js';
import { planCase } from './plan-case.js';
import type { CasePlan } from './plan.js';
import { play } from './play.js';
import type { Progress } from '../progress.js';
import { readDeskLog } from './read-desk-log.js';
import { readMapping } from './read-mapping.js';
import type { Report } from './report.js';
import { engineersOf, setUp } from './set-up.js';
import { Tally } from './tally.js';
import { TokenBook } from './token-book.js';
import { verify, type Verdict } from './verify.js';

export interface Options {
  readonly file: string;
  readonly mappingFile: string;
  readonly url: URL;
  readonly dataFolder: string;
  /** The acceleration of the log's own time; null for full speed. */
  readonly speed: number | null;
  readonly atOnce: number;
  readonly verify: boolean;
  readonly signal: AbortSignal;
  readonly progress: (what: string, total: number) => Progress;
}

/**
 * Plays a desk's log: reads and plans it, sets up the desk, sends the commands, verifies.
 *
 * @throws CannotRun if it cannot start or continue.
 */
export async function replay(options: Options): Promise<Report> {
  const { file, mappingFile, url, dataFolder, atOnce, signal } = options;
  // Every waiting case listens to the interruption.
  setMaxListeners(0, signal);
  const mapping = await readMapping(mappingFile);
  const log = await readDeskLog(file, mapping, mappingFile);
  const plans = log.cases.map((desk) => planCase(desk, mapping));
  const engineers = engineersOf(mapping, log);
  const client = new RetryingClient(url, new TokenBook(dataFolder), atOnce, signal);
  try {
    await setUp(client, mapping, engineers);
    const started = performance.now();
    const tally = await playAll(client, mapping, log, plans, options);
    const seconds = (performance.now() - started) / 1_000;
    const interrupted = signal.aborted;
    const verdict =
      options.verify && !interrupted
        ? await verifyAll(client, mapping, tally, plans, options)
        : null;
    return {
      file,
      activityCount: log.activityCount,
      engineerCount: engineers.length,
      plans,
      tally,
      seconds,
      retries: client.retries,
      interrupted,
      verdict,
    };
  } finally {
    client.close();
  }
}

async function playAll(
  client: RetryingClient,
  mapping: Mapping,
  log: DeskLog,
  plans: readonly CasePlan[],
  { speed, atOnce, signal, progress }: Options,
): Promise<Tally> {
  const total = plans.reduce((sum, { steps }) => sum + steps.length, 0);
  const shown = progress('Playing', total);
  const tally = new Tally((commands) => {
    shown.advance(commands);
  });
  const beginning = log.cases.reduce(
    (first, { activities }) => Math.min(first, activities[0]?.time ?? first),
    Infinity,
  );
  try {
    await play(plans, {
      client,
      replayId: replayIdOf(log, mapping),
      atOnce,
      pace: speed === null ? 'fast' : inLogTime(speed, beginning, signal),
      listener: tally,
      signal,
    });
  } finally {
    shown.stop();
  }
  return tally;
}

async function verifyAll(
  client: RetryingClient,
  mapping: Mapping,
  { tickets, position }: Tally,
  plans: readonly CasePlan[],
  { atOnce, progress }: Options,
): Promise<Verdict> {
  const shown = progress('Verifying', tickets.size);
  try {
    return await verify(plans, {
      client,
      serviceId: mapping.service.id,
      reader: { id: mapping.lead, role: 'lead' },
      tickets,
      position,
      atOnce,
      onHistory: (histories) => {
        shown.advance(histories);
      },
    });
  } finally {
    shown.stop();
  }
}

/** Identifies a replay by the contents of its log and mapping. */
const replayIdOf = (log: DeskLog, mapping: Mapping): string =>
  createHash('sha256').update(`${log.digest} ${mapping.digest}`).digest('base64url');
