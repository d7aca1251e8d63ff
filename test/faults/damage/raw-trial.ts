import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '#test/support/client.js';
import type { Desk } from '#test/support/desk.js';
import { ServiceProcess } from '#test/support/service-process.js';
import { until } from '#test/support/until.js';
import type { Random } from '../random.js';
import { named } from '../rounds.js';
import { copyLogFiles, damageFile, RAW_WAYS } from './raw-damage.js';
import { historyOf, isNamed, mended, type Truth } from './trial.js';

const START_TIMEOUT_MS = 60_000;
const CHECK_TIMEOUT_MS = 30_000;
const LOG_FILES = ['events.db', 'events.db-wal'] as const;

/** Whether a text says that the log cannot be used, and what to do. */
const saysWhat = (text: string): boolean =>
  /(events\.db|acknowledged\.mark) .*(backup|DATA_DIR|remove)/.test(text);

/** Whether a text says that no history can be read. */
const saysDamaged = (text: string): boolean =>
  text.includes('A part of the log that many histories need is damaged.');

/** Whether a text says that the log cannot be read: a file that was cut off is not always damage. */
const saysUnreadable = (text: string): boolean =>
  text.includes('The event log cannot be written or read at the moment.');

/** Whether a text says that commands are refused because of the log. */
const saysLoss = (text: string): boolean =>
  /acknowledged events are missing|removed or exchanged under the running service/i.test(text);

/**
 * Damages a file of the log without SQLite: after the death of the service, or under the running one.
 *
 * @returns what did not hold
 */
export function rawTrial(desk: Desk, truth: Truth, random: Random): Promise<string[]> {
  const file = random.oneOf(LOG_FILES);
  const way = random.oneOf(RAW_WAYS);
  const isRunning = random.between(0, 2) === 0;
  const what = `${file}: ${way}, ${isRunning ? 'running' : 'at rest'}`;
  return named(what, async () => {
    const kept = join(desk.folder, 'kept');
    mkdirSync(kept, { recursive: true });
    // The write-ahead log has the end of the log.
    await desk.putService(`service-${random.between(0, 1_000_000_000)}`);
    if (!isRunning) await desk.service.stop('SIGKILL');
    copyLogFiles(desk.folder, kept);
    damageFile(join(desk.folder, file), way, random);
    const failures = isRunning
      ? await wrongAnswers(desk, desk.service, truth)
      : await wrongStart(desk, truth);
    await desk.service.stop('SIGKILL');
    copyLogFiles(kept, desk.folder);
    await desk.restart();
    await mended(desk, [...truth.keys()]);
    for (const [ticketId, history] of truth) {
      const { status, text } = await historyOf(desk.as('bob'), ticketId);
      if (text !== history) failures.push(`${ticketId} was mended: ${status} ${text}`);
    }
    return failures;
  });
}

/** A service that does not start says why; one that does answers nothing altered. */
async function wrongStart(desk: Desk, truth: Truth): Promise<string[]> {
  const service = ServiceProcess.launch({ folder: desk.folder });
  try {
    const look = () => service.address ?? service.exit;
    await until('the service listens or has ended', look, START_TIMEOUT_MS);
    if (service.exit === null) return await wrongAnswers(desk, service, truth);
    return saysWhat(service.errors) ? [] : [`It did not start: ${service.errors}`];
  } finally {
    await service.stop('SIGKILL');
  }
}

async function wrongAnswers(desk: Desk, service: ServiceProcess, truth: Truth): Promise<string[]> {
  const anna = new Client(service.url, desk.tokens.anna);
  const bob = new Client(service.url, desk.tokens.bob);
  await anna.post('/admin/projections/log-check/rebuild', {});
  let failures: string[] = [];
  const look = async () => {
    const ready = await fetch(`${service.url}/health/ready`);
    const isLost = ready.status === 503 && saysLoss(await ready.text());
    failures = [];
    for (const [ticketId, history] of truth) {
      const { status, text } = await historyOf(bob, ticketId);
      const isRefused = isNamed(text, ticketId) || saysDamaged(text) || saysUnreadable(text);
      const isRight = text === history || isRefused || (isLost && isPart(status, text, history));
      if (!isRight) failures.push(`${ticketId}: ${status} ${text}`);
    }
    return failures.length === 0 ? true : null;
  };
  // What is missing is named once the log was checked.
  await until('', look, CHECK_TIMEOUT_MS).catch(() => null);
  return failures;
}

/** Whether an answer shows the beginning of a history, or nothing of it. */
const isPart = (status: number, text: string, history: string): boolean =>
  status >= 400 || itemsOf(text).every((item, index) => item === itemsOf(history)[index]);

const itemsOf = (text: string): string[] =>
  (JSON.parse(text) as { events: object[] }).events.map((event) => JSON.stringify(event));
