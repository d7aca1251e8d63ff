import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Desk } from '#test/support/desk.js';
import { newFolder, removeFolder } from '#test/support/folders.js';
import { metricsOf } from '#test/support/metrics.js';
import { ServiceProcess } from '#test/support/service-process.js';
import { creation, raise } from '#test/support/tickets.js';
import { until } from '#test/support/until.js';

const PRELOADED = new URL(
  '../../libs/event-store/testing/programs/kill-writer.cjs',
  import.meta.url,
);

/** The writer thread of a running service dies, or hangs. */
let desk: Desk;
let signals: string;
let kill: string;
beforeAll(async () => {
  signals = newFolder();
  kill = join(signals, 'kill');
  desk = await Desk.open({
    NODE_OPTIONS: `--require=${fileURLToPath(PRELOADED)}`,
    KILL_WRITER: kill,
  });
});
afterAll(async () => {
  await desk.close();
  removeFolder(signals);
});

const create = (key: string) =>
  desk.as('alice').post('/tickets', creation({ description: key }), { 'idempotency-key': key });

const ready = async () => (await fetch(`${desk.url}/health/ready`)).status;

/** Retries like a client, and returns the answer that is not 503. */
const retried = (key: string) =>
  until('it is accepted again', async () => {
    const answer = await create(key);
    return answer.status === 503 ? null : answer;
  });

it('the command in progress answers 503, its retry takes effect once, and it is reported', async () => {
  // Given
  await raise(desk);
  writeFileSync(kill, 'throws, after');
  // When
  const answer = await create('one');
  rmSync(kill);
  // Then
  expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  expect(answer.headers['retry-after']).toMatch(/^\d+$/);
  const { status, body } = await retried('one');
  expect(status).toBe(201);
  const list = await desk
    .as('alice')
    .get<{ items: { excerpt: string }[] }>(`/tickets?minPosition=${body.position}`);
  expect(list.body.items.filter(({ excerpt }) => excerpt === 'one')).toHaveLength(1);
  expect((await metricsOf(desk.url)).get('tickets_log_writer_deaths_total')).toBe(1);
  expect(desk.service.complaints).toMatch(/killed by a test.*log writer died/);
});

it('commands and readiness are unavailable while it dies again and again, and queries answer', async () => {
  // Given
  writeFileSync(kill, 'exits, before');
  // When
  await until('it is not ready', async () => {
    await create('two');
    return (await ready()) === 503 ? true : null;
  });
  // Then
  expect((await desk.as('alice').get('/tickets')).status).toBe(200);
  const second = ServiceProcess.launch({ folder: desk.folder });
  expect(await second.ended()).toMatchObject({ code: 1 });
  expect(second.errors).toMatch(/Another process writes/);
  rmSync(kill);
  expect((await retried('two')).status).toBe(201);
  await until('it is ready', async () => ((await ready()) === 200 ? true : null));
});

describe('while it hangs', () => {
  it('each command answers 503, and a retry takes effect once, whether it was written or not', async () => {
    // Given
    const keys = Array.from({ length: 20 }, (_, index) => `hung ${index}`);
    writeFileSync(kill, 'hangs, after');
    // When
    const answers = await Promise.all(keys.map(create));
    // Then
    expect(new Set(answers.map(({ status }) => status))).toStrictEqual(new Set([503]));
    expect(answers[0]?.headers['retry-after']).toMatch(/^\d+$/);
    expect((await create('later')).status).toBe(503);
    expect((await metricsOf(desk.url)).get('tickets_log_writable')).toBe(0);
    expect(await ready()).toBe(503);
    rmSync(kill);
    const done = await Promise.all([...keys, 'later'].map(retried));
    expect(new Set(done.map(({ status }) => status))).toStrictEqual(new Set([201]));
    const last = done.map(({ body }) => Number(body.position)).reduce((a, b) => Math.max(a, b));
    const list = await desk
      .as('alice')
      .get<{ items: { excerpt: string }[] }>(`/tickets?limit=100&minPosition=${last}`);
    const made = list.body.items.map(({ excerpt }) => excerpt);
    expect(made.filter((text) => keys.includes(text)).sort()).toStrictEqual(keys.sort());
    await until('it is ready', async () => ((await ready()) === 200 ? true : null));
  });

  it('the service stops when it is told to, and the command can be retried afterwards', async () => {
    // Given
    writeFileSync(kill, 'hangs, before');
    const answer = create('three').then(
      ({ status }) => status,
      () => 'cut off',
    );
    // When
    const exit = await desk.restart();
    // Then
    expect(exit).toStrictEqual({ code: 0, signal: null });
    expect([503, 'cut off']).toContain(await answer);
    rmSync(kill);
    expect((await retried('three')).status).toBe(201);
  });
});
