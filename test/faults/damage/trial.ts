import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConsumerState } from '#platform/process/consumer-state.js';
import type { Client } from '#test/support/client.js';
import type { Desk } from '#test/support/desk.js';
import type { HttpAnswer } from '#test/support/http.js';
import { until } from '#test/support/until.js';
import type { Random } from '../random.js';
import { named } from '../rounds.js';
import { damageLog, WAYS } from './log-damage.js';

const CHECK_TIMEOUT_MS = 60_000;

/** The history of every ticket before the damage, as text. */
export type Truth = ReadonlyMap<string, string>;

export const historyOf = (bob: Client, ticketId: string): Promise<HttpAnswer> =>
  bob.get(`/tickets/${ticketId}/history`);

/** Reads the history of tickets. */
export async function truthOf(desk: Desk, tickets: readonly string[]): Promise<Truth> {
  const truth = new Map<string, string>();
  for (const ticketId of tickets)
    truth.set(ticketId, (await historyOf(desk.as('bob'), ticketId)).text);
  return truth;
}

/**
 * Damages records under the running service, or at rest together with a derived file.
 *
 * @returns what did not hold
 */
export function damageTrial(desk: Desk, truth: Truth, random: Random): Promise<string[]> {
  const way = random.oneOf(WAYS);
  const derived = random.between(1, 20) === 1 ? randomDerived(random) : null;
  const what = `${way}, ${derived === null ? 'running' : `at rest, ${derived.what}`}`;
  return named(what, async () => {
    const isChecked = derived !== null || random.between(1, 10) === 1;
    if (derived !== null) await desk.service.stop();
    const { damaged, mend } = damageLog(desk.folder, way, random);
    if (derived !== null) {
      derived.damage(desk.folder);
      await desk.restart();
    }
    if (isChecked) await check(desk, damaged);
    const failures = await failuresWhile(desk, truth, damaged, isChecked);
    mend();
    if (isChecked) await mended(desk, [...damaged.keys()]);
    for (const ticketId of damaged.keys()) {
      const { status, text } = await historyOf(desk.as('bob'), ticketId);
      if (text !== truth.get(ticketId)) failures.push(`${ticketId} was mended: ${status} ${text}`);
    }
    return failures;
  });
}

/** Damaged tickets must be refused, and all others answered as before. */
async function failuresWhile(
  desk: Desk,
  truth: Truth,
  damaged: ReadonlyMap<string, number>,
  isChecked: boolean,
): Promise<string[]> {
  const failures: string[] = [];
  for (const [ticketId, history] of truth) {
    const revision = damaged.get(ticketId);
    if (revision === undefined) {
      const { status, text } = await historyOf(desk.as('bob'), ticketId);
      if (text !== history) failures.push(`${ticketId} was not damaged: ${status} ${text}`);
    } else {
      failures.push(...(await wrongAnswers(desk, ticketId, revision, isChecked)));
    }
  }
  return failures;
}

/** The answers about a damaged ticket that are not refusals with its place. */
async function wrongAnswers(
  desk: Desk,
  ticketId: string,
  revision: number,
  isChecked: boolean,
): Promise<string[]> {
  const bob = desk.as('bob');
  const answers = [
    await historyOf(bob, ticketId),
    await bob.get(`/tickets/${ticketId}?revision=${revision}`),
  ];
  // What is cached is intact: it is refused once the check of the log has found the damage.
  if (isChecked) {
    answers.push(await bob.get(`/tickets/${ticketId}`));
    answers.push(await bob.command(ticketId, 'notes', { text: 'No more.' }));
  }
  return answers
    .filter(({ status, text }) => status !== 500 || !isNamed(text, ticketId))
    .map(({ status, text }) => `${ticketId} at revision ${revision}: ${status} ${text}`);
}

export const isNamed = (text: string, ticketId: string): boolean =>
  text.includes('"history_damaged"') && text.includes(`ticket-${ticketId} is damaged`);

/** A derived file is removed, cut or overwritten: it must be rebuilt. */
function randomDerived(random: Random): { what: string; damage: (folder: string) => void } {
  const name = random.oneOf(['read-models.db', 'policies.db', 'snapshots.db']);
  const bytes = 4_096 * random.between(0, 3);
  const lines = random.between(1, 1_000);
  const [way, spoil] = random.oneOf<[string, (file: string) => void]>([
    [
      'removed',
      (file) => {
        rmSync(file, { force: true });
      },
    ],
    [
      `cut to ${bytes} bytes`,
      (file) => {
        truncateSync(file, bytes);
      },
    ],
    [
      `overwritten by ${lines} lines`,
      (file) => {
        writeFileSync(file, 'Dear diary.\n'.repeat(lines));
      },
    ],
  ]);
  return {
    what: `${name} ${way}`,
    damage: (folder) => {
      spoil(join(folder, name));
    },
  };
}
async function check(desk: Desk, damaged: ReadonlyMap<string, number>): Promise<void> {
  await desk.as('anna').post('/admin/projections/log-check/rebuild', {});
  for (const ticketId of damaged.keys()) await answers(desk, ticketId, 500);
}

/** Retries what was parked until nothing is, and waits until tickets are answered. */
export async function mended(desk: Desk, tickets: readonly string[]): Promise<void> {
  await untilWhole(desk);
  for (const ticketId of tickets) await answers(desk, ticketId, 200);
}

/** Waits until nothing is parked or being built. What counts across streams is built again. */
export async function untilWhole(desk: Desk): Promise<void> {
  const anna = desk.as('anna');
  let last = '';
  const look = async () => {
    const { status, text, body } = await anna.get<{ items: readonly ConsumerState[] }>(
      '/admin/projections',
    );
    last = text;
    if (status !== 200) return null;
    for (const { name, failures } of body.items)
      if (failures.length > 0) await anna.post(`/admin/projections/${name}/retry`, {});
    return body.items.every(isWhole) ? true : null;
  };
  await until('the views are whole', look, CHECK_TIMEOUT_MS).catch((error: unknown) => {
    throw new Error(`${(error as Error).message} ${last}`);
  });
}

const isWhole = ({ position, failures, rebuild }: ConsumerState): boolean =>
  position !== null && failures.length === 0 && rebuild === null;

/** A damaged ticket is known once the log was checked, and a mended one once it was retried. */
async function answers(desk: Desk, ticketId: string, expected: number): Promise<void> {
  let last = '';
  const look = async () => {
    const { status, text } = await desk.as('bob').get(`/tickets/${ticketId}`);
    last = text;
    return status === expected ? true : null;
  };
  await until(`${ticketId} is answered with ${expected}`, look, CHECK_TIMEOUT_MS).catch(
    (error: unknown) => {
      throw new Error(`${(error as Error).message} ${last} ${desk.service.complaints}`);
    },
  );
}
