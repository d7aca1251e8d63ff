import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '#event-store/testing/temporary-folder.js';
import { until } from '#test/support/until.js';
import { LeaseKeeper, type KeeperSettings } from './lease-keeper.js';
import { SqliteViewStore } from '#view-stores/sqlite/sqlite-view-store.js';
import type { Leases } from './lease.js';
import { ViewStoreUnavailable } from '#view-stores/view-store.js';
import { takeOver } from './testing/leases.js';

const newFolder = temporaryFolders();
const of = { name: 'notes', version: 1 };
const QUICK = { tickMs: 10, timeoutMs: 300 };

let store: SqliteViewStore;
beforeEach(() => {
  store = new SqliteViewStore(join(newFolder(), 'read-models.db'));
});
const workers: Worker[] = [];
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop();
  await store.close();
});

/** A process that works while it holds the lease. */
class Worker {
  readonly #stop = new AbortController();
  readonly #done: Promise<void>;
  /** The tokens of its leases. */
  readonly tokens: number[] = [];
  working = false;

  constructor(settings: KeeperSettings = {}, leases: Leases = store.leases) {
    const keeper = new LeaseKeeper(leases, { ...QUICK, ...settings });
    this.#done = keeper.during(of, this.#stop.signal, async ({ token }, signal) => {
      this.tokens.push(token);
      this.working = true;
      while (!signal.aborted) await setTimeout(1);
      this.working = false;
    });
    workers.push(this);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#done;
  }

  works(): Promise<true> {
    return until('it works', () => (this.working ? true : null));
  }
}

/** The leases of a process that hangs on demand. */
const hanging = (hangs: () => boolean): Leases => ({
  renew: async (holder) => {
    while (hangs()) await setTimeout(1);
    return store.leases.renew(holder);
  },
  all: () => store.leases.all(),
  take: (...given) => store.leases.take(...given),
  release: (lease) => store.leases.release(lease),
});

describe('a lease', () => {
  it('is held by one of several processes until it ends', async () => {
    const all = [new Worker(), new Worker(), new Worker()];
    await until('one works', () => (all.some(({ working }) => working) ? true : null));
    await setTimeout(QUICK.timeoutMs * 3);
    expect(all.filter(({ working }) => working)).toHaveLength(1);
    expect(all.flatMap(({ tokens }) => tokens)).toStrictEqual([1]);
  });

  it('that is released is taken at once', async () => {
    const first = new Worker();
    await first.works();
    const second = new Worker({ timeoutMs: 60_000 });
    await setTimeout(50);
    expect(second.working).toBe(false);
    await first.stop();
    await second.works();
    expect(second.tokens).toStrictEqual([2]);
  });

  it('of a dead process is taken once it was not renewed for long enough', async () => {
    await store.leases.take(of, 'the dead one', null);
    const begun = performance.now();
    await new Worker().works();
    expect(performance.now() - begun).toBeGreaterThanOrEqual(QUICK.timeoutMs);
  });

  it('of a dead process is taken at once by a process that is alone', async () => {
    await store.leases.take(of, 'the dead one', null);
    const worker = new Worker({ alone: true, timeoutMs: 60_000 });
    await worker.works();
    // It was not alone after all: from now on it waits like others.
    const lease = await takeOver(store, of);
    await until('it stops', () => (worker.working ? null : true));
    await setTimeout(50);
    expect(worker.tokens).toStrictEqual([2]);
    await store.leases.release(lease);
    await worker.works();
    expect(worker.tokens).toStrictEqual([2, 4]);
  });

  it('is lost while its holder is paused, which notices when it continues', async () => {
    let paused = false;
    const first = new Worker(
      {},
      hanging(() => paused),
    );
    await first.works();
    paused = true;
    const second = new Worker();
    await second.works();
    expect(first.working).toBe(true);
    paused = false;
    await until('it stops', () => (first.working ? null : true));
    expect(second.working).toBe(true);
    expect([first.tokens, second.tokens]).toStrictEqual([[1], [2]]);
  });

  it('survives an unreachable store, when no process can renew', async () => {
    let away = false;
    const unruly: Leases = {
      renew: (holder) =>
        away ? Promise.reject(new ViewStoreUnavailable('Away.')) : store.leases.renew(holder),
      all: () => store.leases.all(),
      take: (...given) => store.leases.take(...given),
      release: (lease) => store.leases.release(lease),
    };
    const first = new Worker({}, unruly);
    await first.works();
    const second = new Worker({}, unruly);
    await setTimeout(50);
    away = true;
    await setTimeout(QUICK.timeoutMs * 2);
    away = false;
    await setTimeout(QUICK.timeoutMs * 2);
    expect([first.working, second.working]).toStrictEqual([true, false]);
  });
});
