import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { LogMark, type Mark } from '#event-store/log-mark.js';
import { readLog } from './log-files.js';
import type { RestartedDesk } from './restarted-desk.js';

/** How many acknowledged events a log lacks; null if it has them all. */
export type Loss = number | 'unknown' | null;

/** Compares the log in a folder with what was acknowledged, while no service writes to it. */
export async function lossIn(folder: string): Promise<Loss> {
  const mark = readMark(folder);
  if (mark === null) return null;
  const log = await readLog(folder);
  const acknowledged = Number(mark.position);
  if (log[acknowledged]?.hash === mark.hash) return null;
  if (identityOf(folder) !== mark.logId) return acknowledged + 1;
  return log.length > acknowledged ? 'unknown' : acknowledged + 1 - log.length;
}

/**
 * Checks that commands are refused if events are lost, and accepted once that is accepted.
 *
 * @returns what did not hold
 */
export async function acceptLoss({ as, service }: RestartedDesk, loss: Loss): Promise<string[]> {
  let name = 0;
  const command = () => as('anna').put('/services/probe', { name: `${Date.now()} ${(name += 1)}` });
  const failures: string[] = [];
  if (loss !== null) {
    const { status, text, headers } = await command();
    const words =
      loss === 'unknown' ? 'Acknowledged events are missing' : `${loss} acknowledged events are`;
    if (status !== 503 || !text.includes(words) || headers['retry-after'] !== undefined)
      failures.push(`A command without ${loss} events was answered ${status}: ${text}`);
    const health = await (await fetch(`${service.url}/health/ready`)).text();
    if (!health.includes(words)) failures.push(`The health does not report the loss: ${health}`);
    if (!service.output.includes('log refuses commands')) failures.push('The loss is not logged.');
  }
  const accepted = await as('anna').post<{ loss: object | null }>('/log/accept-loss');
  if ((accepted.body.loss !== null) !== (loss !== null))
    failures.push(`The loss of ${loss} events was accepted as ${accepted.text}`);
  const { status, text } = await command();
  if (status !== 200) failures.push(`Commands do not go on: ${status} ${text}`);
  return failures;
}

function readMark(folder: string): Mark | null {
  const mark = new LogMark(join(folder, 'acknowledged.mark'));
  mark.close();
  return mark.current;
}

function identityOf(folder: string): string | null {
  const database = new DatabaseSync(join(folder, 'events.db'));
  try {
    const table = "SELECT 1 FROM sqlite_schema WHERE name = 'identity'";
    if (database.prepare(table).get() === undefined) return null;
    const row = database.prepare('SELECT id FROM identity').get() as { id: string } | undefined;
    return row?.id ?? null;
  } finally {
    database.close();
  }
}
