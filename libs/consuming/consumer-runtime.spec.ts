import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { EventReader } from '#event-store/event-store.js';
import { temporaryFolders } from '#event-store/testing/temporary-folder.js';
import type { Projection } from '#projections/projection.js';
import { SqliteViewStore } from '#view-stores/sqlite/sqlite-view-store.js';
import type { ConsumerIdentity } from './lease.js';
import type { CopyStatus } from '#view-stores/view-store.js';
import { AlteredLog } from './testing/projecting.js';
import { project, Story } from '#projections/testing/story.js';
import { engineers } from '#projections/engineers.js';
import { tickets } from '#projections/tickets.js';
import { until } from '#test/support/until.js';
import { created, dispatched } from '#ticketing/testing/tickets.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import { ConsumerRuntime } from './consumer-runtime.js';
import { LogReader } from './log-reader.js';
import { openCopy, openRebuild } from './testing/leases.js';
import { at } from './testing/checkpoints.js';

const newFolder = temporaryFolders();
const quiet = pino({ level: 'silent' });
const message: TicketEvent = { type: 'CustomerMessageAdded', data: { message: 'A message.' } };

let file: string;
let store: SqliteViewStore;
let story: Story;
let projector: ConsumerRuntime | undefined;
beforeEach(() => {
  file = join(newFolder(), 'read-models.db');
  store = new SqliteViewStore(file);
  story = new Story();
});
afterEach(async () => {
  await projector?.stop();
  projector = undefined;
  await store.close();
});

const start = (log: EventReader, ...all: readonly object[]) => {
  const given = all as readonly Projection<object>[];
  projector = new ConsumerRuntime(
    { reader: new LogReader(log), logger: quiet, isAlone: true },
    given.map((projection) => ({ projection, store })),
  );
};
const live = async (of: ConsumerIdentity = tickets): Promise<CopyStatus | null> =>
  (await store.status(of)).live;
const caughtUp = async (of: ConsumerIdentity = tickets) => {
  const head = await story.log.headPosition();
  await eventually(
    'it has caught up',
    async () => ((await live(of))?.checkpoint.position ?? -2n) >= head,
  );
};
const eventually = (what: string, look: () => Promise<boolean>) =>
  until(what, async () => ((await look()) ? true : null));
const view = (id: string) => store.reader(tickets).get(id);
const expected = async (id: string) => project(tickets, await story.events()).get(id) ?? null;

describe('a rebuild', () => {
  it('is built while the live copy answers and continues, and then replaces it', async () => {
    for (const id of ['1', '2', '3']) await story.ticket(id, created, dispatched, message);
    // The rebuild is paused, so that both copies exist for some time.
    let isPaused = false;
    const log = new AlteredLog(story.log, { limit: () => (isPaused ? 1 : 500) });
    start(log, tickets);
    await caughtUp();
    // A rebuild removes the errors of old code.
    await projector?.stop();
    const copy = await openCopy(store, tickets);
    await copy.write([{ id: 'ghost', before: null, after: await view('1') }], at(8n));
    isPaused = true;
    start(log, tickets);
    await store.requestRebuild(tickets);
    const answers: unknown[] = [];
    let rebuilding = 0;
    await eventually('the rebuild is done', async () => {
      const { rebuild } = await store.status(tickets);
      answers.push(await view('1'));
      if (rebuild !== null) rebuilding++;
      if (rebuilding === 2) await story.ticket('4', created);
      return rebuilding > 0 && rebuild === null;
    });
    expect(rebuilding).toBeGreaterThan(0);
    expect(answers).not.toContain(null);
    await story.ticket('1', message);
    await caughtUp();
    expect(await view('ghost')).toBeNull();
    for (const id of ['1', '2', '3', '4']) expect(await view(id)).toStrictEqual(await expected(id));
    expect(await live()).toMatchObject({ report: { failure: null } });
  });

  it('that is requested twice runs once', async () => {
    await story.ticket('1', created);
    start(story.log, tickets);
    await caughtUp();
    await Promise.all([store.requestRebuild(tickets), store.requestRebuild(tickets)]);
    await eventually('it is done', async () => (await store.status(tickets)).rebuild === null);
    await setTimeout(600);
    expect((await store.status(tickets)).rebuild).toBeNull();
    expect(await view('1')).toStrictEqual(await expected('1'));
  });

  it('resumes after a restart of the projector', async () => {
    for (const id of ['1', '2', '3']) await story.ticket(id, created, message);
    start(story.log, tickets);
    await caughtUp();
    await projector?.stop();
    await store.requestRebuild(tickets);
    const half = await openRebuild(store, tickets);
    await half?.write([], at(3n));
    const log = new AlteredLog(story.log, {});
    start(log, tickets);
    await eventually('it is done', async () => (await store.status(tickets)).rebuild === null);
    expect(log.begun).toContain(3n);
  });
});

it('stops while it catches up, also with synchronous stores', async () => {
  for (let n = 0; n < 40; n++)
    await story.ticket(`${n}`, created, ...Array<TicketEvent>(50).fill(message));
  start(new AlteredLog(story.log, { limit: () => 10 }), tickets);
  await setTimeout(20);
  await projector?.stop();
  const { rebuild } = await store.status(tickets);
  expect(rebuild?.checkpoint.position).toBeLessThan(await story.log.headPosition());
});

describe('a parked stream', () => {
  it('is retried on request', async () => {
    let broken = true;
    const fragile: typeof tickets = {
      ...tickets,
      project: (before, event, id, touched) => {
        if (broken && event.type === 'CustomerMessageAdded') throw new Error('Not today.');
        return tickets.project(before, event, id, touched);
      },
    };
    await story.ticket('1', created, message, message);
    start(story.log, fragile);
    await caughtUp();
    expect((await live())?.parked).toHaveLength(1);
    broken = false;
    await store.requestRetry(tickets);
    await eventually('it is released', async () => (await live())?.parked.length === 0);
    expect(await view('1')).toStrictEqual(await expected('1'));
    await story.ticket('1', message);
    await caughtUp();
    expect(await view('1')).toStrictEqual(await expected('1'));
  });
});

describe('a projection that fails', () => {
  it('reports the reason, recovers by itself, and does not delay others', async () => {
    await story.ticket('1', created);
    let away = true;
    const writes = failingWrites(store, () => away);
    start(story.log, tickets, engineers);
    await eventually('the other one is there', async () => (await live(engineers)) !== null);
    await eventually(
      'it says why',
      async () => (await store.status(tickets)).rebuild?.report.failure === 'The disk is away.',
    );
    away = false;
    await caughtUp();
    expect(await view('1')).toStrictEqual(await expected('1'));
    expect(await live()).toMatchObject({ report: { failure: null } });
    expect(writes.failed).toBeGreaterThan(0);
  });
});

/** Makes writes of the tickets fail while the store is away. */
function failingWrites(broken: SqliteViewStore, away: () => boolean): { failed: number } {
  const writes = { failed: 0 };
  const open = broken.openForWriting.bind(broken);
  broken.openForWriting = async (projection, lease) => {
    const copy = await open(projection, lease);
    const write = copy.write.bind(copy);
    copy.write = async (...given) => {
      if (projection.name !== 'tickets' || !away()) return write(...given);
      writes.failed++;
      throw new Error('The disk is away.');
    };
    return copy;
  };
  return writes;
}
