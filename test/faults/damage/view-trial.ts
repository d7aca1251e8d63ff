import { join } from 'node:path';
import type { Desk } from '#test/support/desk.js';
import { until } from '#test/support/until.js';
import type { Random } from '../random.js';
import { named } from '../rounds.js';
import { damageFile, RAW_WAYS } from './raw-damage.js';
import { untilWhole, type Truth } from './trial.js';
import { alterDocument } from './view-damage.js';

const REBUILD_TIMEOUT_MS = 60_000;

/** Projections that have documents. */
const PROJECTIONS = [
  'tickets',
  'ticket-entries',
  'services',
  'engineers',
  'ticket-counts',
  'ticket-periods',
] as const;
const FILES = ['read-models.db', 'read-models.db-wal', 'policies.db', 'policies.db-wal'] as const;

type Damage = readonly [what: string, damage: (folder: string) => void];

/**
 * Damages read models under the running service, or after its death. No answer may differ from the one
 * before, but for refusals, until they are rebuilt.
 *
 * @returns what did not hold
 */
export function viewTrial(desk: Desk, truth: Truth, random: Random): Promise<string[]> {
  const isRunning = random.between(0, 1) === 0;
  const [what, damage] = random.between(0, 2) === 0 ? rawDamage(random) : altered(random);
  return named(`${what}, ${isRunning ? 'running' : 'at rest'}`, async () => {
    // A rebuild of what an earlier trial damaged may still be running.
    await untilWhole(desk);
    const paths = pathsOf([...truth.keys()]);
    const before = new Map<string, string>();
    for (const path of paths) before.set(path, await untilAnswered(desk, path));
    if (!isRunning) await desk.service.stop('SIGKILL');
    await until('it is damaged', () => done(damage, desk.folder), REBUILD_TIMEOUT_MS);
    if (!isRunning) await desk.restart();
    // Another commit makes each connection read again what it has cached.
    await desk.putService('late');
    return wrongAnswers(desk, before);
  });
}

function altered(random: Random): Damage {
  const projection = random.oneOf(PROJECTIONS);
  return [
    `a document of ${projection} altered`,
    (folder) => {
      alterDocument(folder, projection, random);
    },
  ];
}

function rawDamage(random: Random): Damage {
  const file = random.oneOf(FILES);
  const way = random.oneOf(RAW_WAYS);
  return [
    `${file}: ${way}`,
    (folder) => {
      damageFile(join(folder, file), way, random);
    },
  ];
}

/** The files of the trial before may not be there again yet. */
function done(damage: Damage[1], folder: string): true | null {
  try {
    damage(folder);
    return true;
  } catch {
    return null;
  }
}

const pathsOf = (tickets: readonly string[]): string[] => [
  '/tickets',
  '/tickets?state=processing',
  '/tickets?q=text',
  '/todos',
  '/reports/summary',
  '/owners',
  ...tickets.flatMap((ticketId) => [`/tickets/${ticketId}`, `/tickets/${ticketId}/entries`]),
];

/** An answer without the position that the views had reached. */
const unplaced = (text: string): string => text.replace(/"position":"\d+"/, '');

async function untilAnswered(desk: Desk, path: string): Promise<string> {
  const look = async () => {
    const { status, text } = await desk.as('bob').get(path);
    return status === 200 ? unplaced(text) : null;
  };
  return until(`${path} is answered`, look, REBUILD_TIMEOUT_MS);
}

/** Reads everything until it is answered again; what is answered meanwhile must be as before. */
async function wrongAnswers(desk: Desk, before: ReadonlyMap<string, string>): Promise<string[]> {
  const failures: string[] = [];
  let refusal = '';
  const look = async () => {
    let isComplete = true;
    for (const [path, expected] of before) {
      const { status, text } = await desk.as('bob').get(path);
      if (status !== 503 && unplaced(text) !== expected)
        failures.push(`${path}: ${status} ${text} instead of ${expected}`);
      if (status !== 503) continue;
      isComplete = false;
      refusal = `${path}: ${text}`;
    }
    return isComplete || failures.length > 0 ? true : null;
  };
  await until('everything is answered again', look, REBUILD_TIMEOUT_MS).catch((error: unknown) => {
    throw new Error(`${(error as Error).message} ${refusal} ${desk.service.complaints}`);
  });
  return failures;
}
