import { LRUCache } from 'lru-cache';
import { sleep } from '#event-store/sleep.js';
import { CopyMoved, type CopyStatus, type ViewStore } from '#view-stores/view-store.js';
import { consume, rebuild } from './consume.js';
import { nameOf, type Consumer, type ConsumerObserver } from './consumer.js';
import { LeaseKeeper } from './lease-keeper.js';
import { LeaseLost, type Lease } from './lease.js';
import type { LogReader } from './log-reader.js';

/** The delays before a failed consumer restarts from its checkpoint. */
const RETRY_DELAYS_MS = [100, 1_000, 3_000];

/** The interval of checks for requested rebuilds and retries of parked streams. */
const ATTEND_INTERVAL_MS = 500;

/** The number of events whose parking is remembered as logged. */
const MAX_LOGGED_PLACES = 1_000;

export interface RuntimeParts {
  /** The reader that all consumers of the thread share. */
  readonly reader: LogReader;
  readonly logger: RuntimeLogger;
  /** Whether no other process can run consumers, so that leases are taken at once. @default false */
  readonly isAlone?: boolean;
}

/** The part of a pino logger that the runtime uses. */
export interface RuntimeLogger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/**
 * Runs every consumer for which this process holds the lease, each in a separate loop, so that one
 * that fails does not stop the others; they share the pages of the log. Next to each loop another one
 * serves requests: a rebuild, which fills a second copy, or a retry of parked
 * streams. For the other consumers it is on standby.
 */
export class ConsumerRuntime {
  readonly #stop = new AbortController();
  readonly #keepers = new Map<ViewStore, LeaseKeeper>();
  readonly #running: readonly Promise<void>[];
  readonly #observer: ConsumerObserver;
  readonly #active = new Set<string>();
  readonly #loggedPlaces = new LRUCache<string, true>({ max: MAX_LOGGED_PLACES });

  constructor(
    private readonly parts: RuntimeParts,
    consumers: readonly Consumer[],
    observer: ConsumerObserver = {},
  ) {
    this.#observer = {
      ...observer,
      parked: (parked) => {
        this.#logParked(parked);
        observer.parked?.(parked);
      },
    };
    this.#running = consumers.map((consumer) =>
      this.#keeperOf(consumer).during(consumer.projection, this.#stop.signal, (lease, signal) =>
        this.#run({ consumer, lease, signal }),
      ),
    );
  }

  /** The names of the consumers that this process runs; it is on standby for the others. */
  get active(): ReadonlySet<string> {
    return this.#active;
  }

  /** One line for an event that several consumers cannot process, or one again. */
  #logParked(parked: Parameters<NonNullable<ConsumerObserver['parked']>>[0]): void {
    const place = JSON.stringify([parked.position, parked.error]);
    if (this.#loggedPlaces.has(place)) return;
    this.#loggedPlaces.set(place, true);
    this.parts.logger.error(parked, 'stream parked');
  }

  /** Ends after the current pages, and releases the leases. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running);
  }

  #keeperOf({ store }: Consumer): LeaseKeeper {
    const keeper =
      this.#keepers.get(store) ??
      new LeaseKeeper(store.leases, { alone: this.parts.isAlone ?? false });
    this.#keepers.set(store, keeper);
    return keeper;
  }

  async #run({ consumer, lease, signal }: Leased): Promise<void> {
    const { logger, isAlone = false } = this.parts;
    const fields = { consumer: nameOf(consumer), token: lease.token };
    logger[isAlone ? 'debug' : 'info'](fields, 'lease taken');
    this.#active.add(fields.consumer);
    const work: Work = { consumer, lease, signal, restart: new AbortController() };
    try {
      await Promise.all([this.#keepFollowing(work), this.#attend(work)]);
    } finally {
      this.#active.delete(fields.consumer);
    }
    if (!this.#stop.signal.aborted) logger.warn(fields, 'lease lost');
  }

  async #keepFollowing(work: Work): Promise<void> {
    let failures = 0;
    let lastFailure: string | null = null;
    while (!work.signal.aborted) {
      work.restart = new AbortController();
      const signal = AbortSignal.any([work.signal, work.restart.signal]);
      try {
        await consume(this.parts.reader, work.consumer, work.lease, signal, {
          ...this.#observer,
          consumed: (progress) => {
            failures = 0;
            lastFailure = null;
            this.#observer.consumed?.(progress);
          },
        });
      } catch (error) {
        if (!wasOvertaken(error)) {
          const { message } = error as Error;
          // Repetitions of the same failure are not logged again.
          if (message !== lastFailure) this.#logFailure(work, error);
          lastFailure = message;
          await this.#reportFailure(work, message);
        }
        const delay = RETRY_DELAYS_MS[Math.min(failures, RETRY_DELAYS_MS.length - 1)];
        await sleep(delay ?? 0, work.signal);
        failures += 1;
      }
    }
  }

  async #attend(work: Work): Promise<void> {
    const { consumer, signal } = work;
    const { store, projection, check } = consumer;
    let checkDueAt = performance.now() + (check?.firstAfterMs ?? Infinity);
    while (!signal.aborted) {
      try {
        if (check !== undefined && performance.now() >= checkDueAt) {
          checkDueAt = performance.now() + check.intervalMs;
          await store.requestRebuild(projection);
        }
        const { live, rebuild: begun } = await store.status(projection);
        if (live !== null && begun !== null) {
          this.parts.logger.info({ consumer: projection.name }, 'rebuild started');
          await rebuild(this.parts.reader, consumer, work.lease, signal, this.#observer);
          work.restart.abort();
        } else if (isRetryRequested(live)) {
          work.restart.abort();
        }
      } catch (error) {
        if (!(error instanceof LeaseLost)) {
          this.parts.logger.error({ err: error, consumer: projection.name }, 'rebuild interrupted');
        }
      }
      await sleep(ATTEND_INTERVAL_MS, signal);
    }
  }

  #logFailure({ consumer }: Work, error: unknown): void {
    this.parts.logger.error({ err: error, consumer: nameOf(consumer) }, 'consumer stopped');
  }

  /** Stores the failure for health and lists; an unreachable store shows there anyway. */
  async #reportFailure({ consumer, lease }: Work, failure: string): Promise<void> {
    const { projection, store } = consumer;
    try {
      const copy = await store.openForWriting(projection, lease);
      await copy.report({ failure, eventsPerSecond: null, positionsPerSecond: null });
    } catch (error) {
      this.parts.logger.debug({ err: error, consumer: projection.name }, 'failure not stored');
    }
  }
}

interface Leased {
  readonly consumer: Consumer;
  readonly lease: Lease;
  readonly signal: AbortSignal;
}

interface Work extends Leased {
  /** Aborting it restarts the loop from the checkpoint. */
  restart: AbortController;
}

const isRetryRequested = (live: CopyStatus | null): boolean =>
  live?.parked.some(({ retry }) => retry) === true;

const wasOvertaken = (error: unknown): boolean =>
  error instanceof CopyMoved || error instanceof LeaseLost;
