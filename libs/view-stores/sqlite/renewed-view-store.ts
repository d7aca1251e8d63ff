import { Worker } from 'node:worker_threads';
import type { Wait } from '#event-store/follow.js';
import { LeaseLost, type ConsumerIdentity, type Lease, type Leases } from '#consuming/lease.js';
import type { Projection } from '#projections/projection.js';
import {
  CopyMoved,
  ViewsDamaged,
  ViewStoreUnavailable,
  type ProjectionStatus,
  type ViewReader,
  type ViewStore,
  type WritableCopy,
} from '../view-store.js';
import { showsDamage } from './attempt.js';
import { OpenFile, removeDocuments, type DamageObserver } from './document-file.js';
import { SqliteViewStore } from './sqlite-view-store.js';
import { watchedPart } from './watched-part.js';

/** How often the file is looked at while it is used. */
const LOOK_INTERVAL_MS = 500;

/** How often the file of a projector is checked whole, if it is small. */
const CHECK_INTERVAL_MS = 60_000;

/**
 * Read models in one SQLite file, which is removed and created again once damage of it shows, and
 * opened again once another process has done so. Consumers then find no copies, and build new ones.
 */
export class RenewedViewStore implements ViewStore {
  readonly leases: Leases;
  #store: SqliteViewStore | null;
  #opened: OpenFile;
  #lookedAt = performance.now();
  #damage: Error | null = null;
  #checking: NodeJS.Timeout | undefined;
  /** The store in which each lease was taken. Tokens begin anew with the file. */
  readonly #takenIn = new WeakMap<Lease, SqliteViewStore>();

  /**
   * @param checkIntervalMs - how often the whole file is checked, in the process of the projector
   * @throws Error naming the file and the remedy if it cannot be used.
   */
  constructor(
    private readonly file: string,
    private readonly observer: DamageObserver,
    private readonly checkIntervalMs = CHECK_INTERVAL_MS,
  ) {
    this.#store = new SqliteViewStore(file);
    this.#opened = new OpenFile(file);
    const noted = (error: unknown) => this.#noted(error);
    const leases = watchedPart(() => this.#current().leases, noted);
    this.leases = {
      all: () => leases.all(),
      renew: (holder) => leases.renew(holder),
      release: (lease) => leases.release(lease),
      take: async (of, holder, seen) => {
        const store = this.#current();
        const lease = await leases.take(of, holder, seen);
        if (lease !== null) this.#takenIn.set(lease, store);
        return lease;
      },
    };
  }

  async openForWriting<View>(
    projection: Projection<View>,
    lease: Lease,
  ): Promise<WritableCopy<View>> {
    const store = this.#storeOf(lease);
    this.#checking ??= setInterval(() => {
      this.#check();
    }, this.checkIntervalMs).unref();
    return this.#copyIn(store, await this.#in(store).openForWriting(projection, lease));
  }

  async openRebuild<View>(
    projection: Projection<View>,
    lease: Lease,
  ): Promise<WritableCopy<View> | null> {
    const store = this.#storeOf(lease);
    const copy = await this.#in(store).openRebuild(projection, lease);
    return copy === null ? null : this.#copyIn(store, copy);
  }

  async requestRebuild<View>(projection: Projection<View>): Promise<void> {
    await this.#in(this.#current()).requestRebuild(projection);
  }

  async requestRetry(projection: ConsumerIdentity): Promise<void> {
    await this.#in(this.#current()).requestRetry(projection);
  }

  async setHalt(projection: ConsumerIdentity, reason: string | null): Promise<void> {
    await this.#in(this.#current()).setHalt(projection, reason);
  }

  async status(projection: ConsumerIdentity): Promise<ProjectionStatus> {
    return this.#in(this.#current()).status(projection);
  }

  reader<View>(projection: Projection<View>): ViewReader<View> {
    let last: { readonly store: SqliteViewStore; readonly reader: ViewReader<View> } | null = null;
    const current = () => {
      const store = this.#current();
      if (last?.store !== store) last = { store, reader: store.reader(projection) };
      return last.reader;
    };
    return watchedPart(current, (error) => this.#noted(error));
  }

  waitForWrite(timeoutMs: number): Wait {
    return this.#current().waitForWrite(timeoutMs);
  }

  async close(): Promise<void> {
    clearInterval(this.#checking);
    await this.#store?.close();
  }

  #in(store: SqliteViewStore): SqliteViewStore {
    return watchedPart(
      () => store,
      (error) => this.#noted(error),
    );
  }

  /** A copy of a file that was replaced has moved. */
  #copyIn<View>(store: SqliteViewStore, copy: WritableCopy<View>): WritableCopy<View> {
    const moved = (cause?: unknown) => new CopyMoved(`${this.file} was created again.`, { cause });
    const current = () => {
      if (this.#current() !== store) throw moved();
      return copy;
    };
    return watchedPart(current, (error) => {
      this.#noted(error);
      return this.#damage !== null || this.#store !== store ? moved(error) : error;
    });
  }

  /** @throws LeaseLost if the lease was taken in a file that was replaced */
  #storeOf(lease: Lease): SqliteViewStore {
    const store = this.#current();
    if ((this.#takenIn.get(lease) ?? store) !== store) throw new LeaseLost(lease);
    return store;
  }

  #noted(error: unknown): unknown {
    const cause = error instanceof ViewStoreUnavailable ? error.cause : error;
    if (showsDamage(error) || showsDamage(cause) || this.#lacksTables(cause))
      this.#damaged(error as Error);
    return error;
  }

  #damaged(damage: Error): void {
    this.#damage ??= damage;
    this.#lookedAt = -Infinity;
  }

  /**
   * Finds damage that no query meets: an entry missing from an index hides a document. Projecting
   * goes on meanwhile.
   */
  #check(): void {
    const store = this.#store;
    const thread = new Worker(new URL('./check-thread.js', import.meta.url), {
      workerData: this.file,
    });
    thread.unref();
    thread.once('message', (damage: string | null) => {
      if (damage !== null && this.#store === store) this.#damaged(new Error(damage));
    });
    // A locked or missing file is met by the next use.
    thread.once('error', () => undefined);
  }

  /** A copy that was dropped meanwhile has neither tables nor a row. */
  #lacksTables(error: unknown): boolean {
    const lacks = /^no such (table|column|index)/.test((error as Error | undefined)?.message ?? '');
    return lacks && this.#store?.isWhole() === false;
  }

  /** @throws ViewStoreUnavailable if the file cannot be opened again at the moment */
  #current(): SqliteViewStore {
    if (performance.now() - this.#lookedAt >= LOOK_INTERVAL_MS) this.#look();
    if (this.#damage !== null) throw ViewsDamaged.by(this.#damage);
    if (this.#store !== null) return this.#store;
    throw new ViewStoreUnavailable('The read models are opened again. Try again in a moment.');
  }

  #look(): void {
    this.#lookedAt = performance.now();
    const isReplaced = this.#opened.isReplaced();
    if (this.#opened.hasLostItsLog())
      this.#damage = new Error('its write-ahead log was removed or exchanged');
    if (this.#store !== null && !isReplaced && this.#damage === null) return;
    try {
      // Another process that has noticed the damage may have created the file again.
      if (this.#damage !== null && !isReplaced) {
        removeDocuments(this.file);
        this.observer.onDamage(this.file, this.#damage);
      }
      this.#store?.abandon();
      this.#store = null;
      this.#store = new SqliteViewStore(this.file);
      this.#opened = new OpenFile(this.file);
      this.#damage = null;
    } catch {
      // It is tried again: until then queries are unavailable, which health reports.
    }
  }
}
