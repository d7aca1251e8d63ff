import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Lease, LeaseRecord, Leases, ConsumerIdentity } from './lease.js';
import { ViewStoreUnavailable } from '#view-stores/view-store.js';

/** How often leases are renewed, and looked at by those who wait for one. */
const TICK_MILLISECONDS = 1_000;

/** A lease that nobody renews for so long is taken by another. */
const PATIENCE_MILLISECONDS = 5_000;

export interface KeeperSettings {
  /** It is known by other means that nobody else can be at work: leases of the dead are taken at once. */
  readonly alone?: boolean;
  readonly tick?: number;
  readonly patience?: number;
}

/** What is done under a lease. It ends when the signal aborts: the lease was lost, or nobody wants it. */
type Work = (lease: Lease, signal: AbortSignal) => Promise<void>;

interface Waiting {
  readonly of: ConsumerIdentity;
  readonly given: (lease: Lease) => void;
}

/**
 * Takes leases for a process, and renews those that it has. It compares no clocks: a lease is taken
 * for dead when its renewals have stood still for as long as this process has watched it. If that is
 * wrong, because the holder was only paused, the store lets the holder write no more.
 */
export class LeaseKeeper {
  /** Operators read it: host, process id, and a random part, for one process may have several. */
  readonly #holder = `${hostname()} ${process.pid} ${randomUUID().slice(0, 8)}`;
  readonly #tick: number;
  readonly #patience: number;
  readonly #alone: boolean;
  readonly #waiting = new Set<Waiting>();
  readonly #held = new Map<Lease, AbortController>();
  /** How a lease was when it was seen to change last, and when that was. */
  readonly #watched = new Map<string, { readonly state: string; since: number }>();
  /** Leases that this process took once: what it has lost since belongs to somebody who lives. */
  readonly #taken = new Set<string>();
  #running: Promise<void> | null = null;
  #wake: () => void = () => undefined;

  constructor(
    private readonly leases: Leases,
    {
      alone = false,
      tick = TICK_MILLISECONDS,
      patience = PATIENCE_MILLISECONDS,
    }: KeeperSettings = {},
  ) {
    this.#alone = alone;
    this.#tick = tick;
    this.#patience = patience;
  }

  /** Whether no other process can be at work. */
  get isAlone(): boolean {
    return this.#alone;
  }

  /** Works whenever this process has the lease, and stands by in between, until the signal aborts. */
  async during(of: ConsumerIdentity, signal: AbortSignal, work: Work): Promise<void> {
    try {
      while (!signal.aborted) {
        const lease = await this.#obtain(of, signal);
        if (lease !== null) await this.#hold(lease, signal, work);
      }
    } finally {
      // Whoever waited for the last of it may close the store.
      if (this.#waiting.size + this.#held.size === 0) {
        this.#wake();
        await this.#running;
      }
    }
  }

  async #hold(lease: Lease, signal: AbortSignal, work: Work): Promise<void> {
    const lost = new AbortController();
    this.#held.set(lease, lost);
    try {
      await work(lease, AbortSignal.any([signal, lost.signal]));
    } finally {
      this.#held.delete(lease);
      if (!lost.signal.aborted) await this.#release(lease);
    }
  }

  /** Waits until this process has the lease; null where the signal aborts before. */
  #obtain(of: ConsumerIdentity, signal: AbortSignal): Promise<Lease | null> {
    return new Promise((resolve) => {
      const giveUp = () => {
        this.#waiting.delete(waiting);
        resolve(null);
      };
      const waiting: Waiting = {
        of,
        given: (lease) => {
          this.#waiting.delete(waiting);
          signal.removeEventListener('abort', giveUp);
          resolve(lease);
        },
      };
      this.#waiting.add(waiting);
      signal.addEventListener('abort', giveUp, { once: true });
      this.#wake();
      this.#running ??= this.#run();
    });
  }

  /** Looks after the leases for as long as there is one that is held or wanted. */
  async #run(): Promise<void> {
    while (this.#waiting.size + this.#held.size > 0) {
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      try {
        await this.#look();
      } catch (error) {
        if (!(error instanceof ViewStoreUnavailable)) throw error;
        this.#giveTime();
      }
      let timer: NodeJS.Timeout | undefined;
      const rested = new Promise<void>((resolve) => (timer = setTimeout(resolve, this.#tick)));
      await Promise.race([rested, woken]);
      clearTimeout(timer);
    }
    this.#running = null;
  }

  /** Perhaps nobody could renew anything: who holds a lease has time to do so once it can. */
  #giveTime(): void {
    const latest = performance.now() - this.#patience + 2 * this.#tick;
    for (const watched of this.#watched.values()) watched.since = Math.max(watched.since, latest);
  }

  async #look(): Promise<void> {
    const records = new Map<string, LeaseRecord>();
    for (const record of await this.leases.renew(this.#holder))
      records.set(keyOf(record.of), record);
    for (const [lease, lost] of this.#held) {
      if (records.get(keyOf(lease.of))?.token !== lease.token) lost.abort();
    }
    for (const waiting of [...this.#waiting]) {
      const seen = records.get(keyOf(waiting.of)) ?? null;
      if (!this.#isFree(waiting.of, seen)) continue;
      const lease = await this.leases.take(waiting.of, this.#holder, seen);
      if (lease === null) continue;
      this.#taken.add(keyOf(waiting.of));
      // Nobody may want it any more by now.
      if (this.#waiting.has(waiting)) waiting.given(lease);
      else await this.#release(lease);
    }
  }

  #isFree(of: ConsumerIdentity, seen: LeaseRecord | null): boolean {
    // What this process could not let go of is its own still.
    if (seen === null || seen.holder === null || seen.holder === this.#holder) return true;
    const key = keyOf(of);
    if (this.#alone && !this.#taken.has(key)) return true;
    const state = `${seen.token} ${seen.renewals}`;
    const watched = this.#watched.get(key);
    if (watched?.state === state) return performance.now() - watched.since >= this.#patience;
    this.#watched.set(key, { state, since: performance.now() });
    return false;
  }

  /** Where the store is away another takes it in time. */
  async #release(lease: Lease): Promise<void> {
    try {
      await this.leases.release(lease);
    } catch (error) {
      if (!(error instanceof ViewStoreUnavailable)) throw error;
    }
  }
}

const keyOf = ({ name, version }: ConsumerIdentity): string => `${name} v${version}`;
