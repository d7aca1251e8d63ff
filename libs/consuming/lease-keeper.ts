import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Notifier } from '#event-store/follow.js';
import type { Lease, LeaseRecord, Leases, ConsumerIdentity } from './lease.js';
import { ViewStoreUnavailable } from '#view-stores/view-store.js';

/** The interval of renewals, and of checks on standby. */
const TICK_MS = 1_000;

/** A lease that was not renewed for this long is taken by another process. */
const LEASE_TIMEOUT_MS = 5_000;

export interface KeeperSettings {
  /** No other process can run: leases of earlier processes are taken at once. @default false */
  readonly alone?: boolean;
  readonly tickMs?: number;
  readonly timeoutMs?: number;
}

/** The work under a lease. It ends when the signal aborts, because the lease was lost or is not needed. */
type Work = (lease: Lease, signal: AbortSignal) => Promise<void>;

interface Waiting {
  readonly of: ConsumerIdentity;
  readonly given: (lease: Lease) => void;
}

/**
 * Takes leases for a process, and renews those that it holds. It compares no clocks: a lease has
 * expired when this process has seen no renewal for the timeout. If the holder was only paused, the
 * store still prevents its writes. The algorithm is that of Kubernetes' client-go.
 */
export class LeaseKeeper {
  /** For operators: host, process id, and a random part, since one process may have several. */
  readonly #holder = `${hostname()} ${process.pid} ${randomUUID().slice(0, 8)}`;
  readonly #tickMs: number;
  readonly #timeoutMs: number;
  readonly #alone: boolean;
  readonly #waiting = new Set<Waiting>();
  readonly #held = new Map<Lease, AbortController>();
  /** The last seen state of each lease, and the time of its last change. */
  readonly #watched = new Map<string, { readonly state: string; since: number }>();
  /** Leases that this process took before: if it lost one, another process is alive. */
  readonly #taken = new Set<string>();
  #running: Promise<void> | null = null;
  readonly #notifier = new Notifier();

  constructor(
    private readonly leases: Leases,
    { alone = false, tickMs = TICK_MS, timeoutMs = LEASE_TIMEOUT_MS }: KeeperSettings = {},
  ) {
    this.#alone = alone;
    this.#tickMs = tickMs;
    this.#timeoutMs = timeoutMs;
  }

  /** Works while this process holds the lease, and is on standby otherwise, until the signal aborts. */
  async during(of: ConsumerIdentity, signal: AbortSignal, work: Work): Promise<void> {
    try {
      while (!signal.aborted) {
        const lease = await this.#obtain(of, signal);
        if (lease !== null) await this.#hold(lease, signal, work);
      }
    } finally {
      // The caller may close the store afterwards.
      if (this.#waiting.size + this.#held.size === 0) {
        this.#notifier.notify();
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

  /** Waits until this process holds the lease; null if the signal aborts before. */
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
      this.#notifier.notify();
      this.#running ??= this.#run();
    });
  }

  /** Maintains the leases while any is held or wanted. */
  async #run(): Promise<void> {
    while (this.#waiting.size + this.#held.size > 0) {
      // The wait starts before the look, so that a lease requested during the look is not missed.
      const wait = this.#notifier.wait(null, this.#tickMs);
      try {
        await this.#look();
      } catch (error) {
        if (!(error instanceof ViewStoreUnavailable)) throw error;
        this.#giveTime();
      }
      await wait.ended;
    }
    this.#running = null;
  }

  /** Perhaps no process could renew: gives holders two ticks to do so once the store is back. */
  #giveTime(): void {
    const latest = performance.now() - this.#timeoutMs + 2 * this.#tickMs;
    for (const watched of this.#watched.values()) watched.since = Math.max(watched.since, latest);
  }

  async #look(): Promise<void> {
    const records = new Map<string, LeaseRecord>();
    for (const record of await this.leases.renew(this.#holder)) records.set(keyOf(record), record);
    for (const [lease, lost] of this.#held) {
      const record = records.get(keyOf(lease));
      // A store that was created again has other holders of the same tokens.
      if (record?.token !== lease.token || record.holder !== this.#holder) lost.abort();
    }
    for (const waiting of [...this.#waiting]) {
      const seen = records.get(keyOf(waiting.of)) ?? null;
      if (!this.#isFree(waiting.of, seen)) continue;
      const lease = await this.leases.take(waiting.of, this.#holder, seen);
      if (lease === null) continue;
      this.#taken.add(keyOf(waiting.of));
      // It may no longer be wanted.
      if (this.#waiting.has(waiting)) waiting.given(lease);
      else await this.#release(lease);
    }
  }

  #isFree(of: ConsumerIdentity, seen: LeaseRecord | null): boolean {
    // A lease that this process could not release is still its own.
    if (seen === null || seen.holder === null || seen.holder === this.#holder) return true;
    const key = keyOf(of);
    if (this.#alone && !this.#taken.has(key)) return true;
    const state = `${seen.token} ${seen.renewals}`;
    const watched = this.#watched.get(key);
    if (watched?.state === state) return performance.now() - watched.since >= this.#timeoutMs;
    this.#watched.set(key, { state, since: performance.now() });
    return false;
  }

  /** If the store is unreachable, another process takes it after the timeout. */
  async #release(lease: Lease): Promise<void> {
    try {
      await this.leases.release(lease);
    } catch (error) {
      if (!(error instanceof ViewStoreUnavailable)) throw error;
    }
  }
}

const keyOf = ({ name, version }: ConsumerIdentity): string => `${name} v${version}`;
