import { Worker } from 'node:worker_threads';
import { Desk } from '#test/support/desk.js';
import { tokenFor } from '#test/support/people.js';
import { raise } from '#test/support/tickets.js';
import type { AttackOrder } from './exhaust/attacker.js';
import type { Means } from './exhaust/attack.js';
import { attacks, type AttackName } from './exhaust/attacks.js';
import { bystand, type Experience } from './exhaust/bystander.js';
import type { Fault, FaultRun } from './fault.js';
import type { Random } from './random.js';

const MEBIBYTE = 1024 * 1024;
const LARGE_MESSAGES = 200;
const CUSTOMERS = 16;

const names = Object.keys(attacks) as AttackName[];

/** Attacks in a random order. */
const drawn = (random: Random, count = names.length): readonly AttackName[] =>
  names
    .map((name) => ({ name, key: random.next() }))
    .sort((one, other) => one.key - other.key)
    .slice(0, count)
    .map(({ name }) => name);

/** What an attack may do to the others. */
export interface Tolerance {
  /** The p99 of others' requests. */
  readonly latencyMs: number;
  /** The time until another tenant's ticket is in a list. */
  readonly visibleMs: number;
  readonly memoryMebibytes: number;
  /** How long each attack lasts. */
  readonly attackMs: number;
  /** How many attacks a trial has, drawn at random. @default all */
  readonly attacks?: number;
}

/**
 * One caller, with a token or none, or one tenant tries to take the service from the others. A trial
 * has every attack, or as many as are drawn, once.
 */
export const exhaustWithin = (tolerance: Tolerance): Fault => ({
  name: 'exhaust',
  holds: `memory below ${tolerance.memoryMebibytes} MiB, p99 of others below ${tolerance.latencyMs} ms, another tenant's ticket visible within ${tolerance.visibleMs} ms, nothing dies`,
  target: 20,
  async run({ trials, random, tried }: FaultRun) {
    const worst = new Map<string, Noticed>();
    const failures: string[] = [];
    let done = 0;
    for (; done < trials && failures.length === 0;) {
      const desk = await Desk.open();
      try {
        const means = await meansOn(desk);
        for (const name of drawn(random, tolerance.attacks)) {
          const noticed = await attacked(desk, means, {
            name,
            random,
            attackMs: tolerance.attackMs,
          });
          worst.set(name, worse(noticed, worst.get(name)));
          failures.push(...breaches(noticed, tolerance).map((breach) => `${name}: ${breach}`));
        }
      } finally {
        await desk.close();
      }
      tried((done += 1));
    }
    return { trials: done, rounds: done, figures: figuresOf(worst), failures };
  },
});

export const exhaust = exhaustWithin({
  latencyMs: 250,
  visibleMs: 2_000,
  memoryMebibytes: 400,
  attackMs: 3_000,
});

/** The worst that others noticed of an attack. */
interface Noticed {
  readonly p99Ms: number;
  readonly visibleMs: number;
  readonly memoryBytes: number;
  readonly failures: readonly string[];
}

async function meansOn(desk: Desk): Promise<Means> {
  const tenantTokens = Array.from({ length: CUSTOMERS }, (_, n) =>
    tokenFor(desk.folder, { sub: `customer ${n}`, tenant: 'crowd', roles: ['customer'] }),
  );
  return {
    url: desk.url,
    token: desk.tokens.alice,
    reporterToken: desk.tokens.rita,
    tenantTokens: await Promise.all(tenantTokens),
    ticketId: await raiseLarge(desk),
  };
}

async function raiseLarge(desk: Desk): Promise<string> {
  const { ticketId } = await raise(desk);
  const message = 'It is still slow. '.repeat(550);
  const lines = Array.from({ length: LARGE_MESSAGES }, () => ({
    command: 'messages',
    ticketId,
    message,
  }));
  await desk.as('alice').batch(lines);
  return ticketId;
}

async function attacked(
  desk: Desk,
  means: Means,
  { name, random, attackMs }: { name: AttackName; random: Random; attackMs: number },
): Promise<Noticed> {
  const order: AttackOrder = {
    ...means,
    name,
    seed: random.between(0, 2 ** 31),
    milliseconds: attackMs,
  };
  const attacker = new Worker(new URL('./exhaust/attacker.js', import.meta.url), {
    workerData: order,
  });
  const end = new Promise((resolve, reject) => {
    attacker.once('exit', resolve);
    attacker.once('error', reject);
  });
  const experience = await bystand(desk.as('otherAlice'), end).catch(
    (error: unknown): Experience => ({
      latenciesMs: [],
      visibleMs: [],
      memoryBytes: [],
      failures: [String(error)],
    }),
  );
  await end;
  const { complaints } = desk.service;
  const died = complaints === '' ? [] : [`the service complained: ${complaints.slice(0, 500)}`];
  return {
    p99Ms: percentile(experience.latenciesMs, 0.99),
    visibleMs: Math.max(0, ...experience.visibleMs),
    memoryBytes: Math.max(0, ...experience.memoryBytes),
    failures: [...experience.failures, ...died],
  };
}

function breaches(noticed: Noticed, most: Tolerance): string[] {
  const { p99Ms, visibleMs, memoryBytes, failures } = noticed;
  return [
    ...failures,
    ...(p99Ms < most.latencyMs ? [] : [`p99 of others ${p99Ms.toFixed(0)} ms`]),
    ...(visibleMs < most.visibleMs ? [] : [`a ticket visible after ${visibleMs.toFixed(0)} ms`]),
    ...(memoryBytes < most.memoryMebibytes * MEBIBYTE
      ? []
      : [`memory ${toMebibytes(memoryBytes)} MiB`]),
  ];
}

const worse = (one: Noticed, other: Noticed = one): Noticed => ({
  p99Ms: Math.max(one.p99Ms, other.p99Ms),
  visibleMs: Math.max(one.visibleMs, other.visibleMs),
  memoryBytes: Math.max(one.memoryBytes, other.memoryBytes),
  failures: [...one.failures, ...other.failures],
});

const figuresOf = (worst: ReadonlyMap<string, Noticed>): string =>
  [...worst]
    .map(
      ([name, { p99Ms, visibleMs, memoryBytes }]) =>
        `${name}: p99 ${p99Ms.toFixed(0)} ms, visible ${visibleMs.toFixed(0)} ms, ${toMebibytes(memoryBytes)} MiB`,
    )
    .join('\n  ');

const toMebibytes = (bytes: number): string => (bytes / MEBIBYTE).toFixed(0);

function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
