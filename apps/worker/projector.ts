import type { Logger } from 'pino';
import type { EventReader } from '#event-store/event-store.js';
import { sleep } from '#event-store/sleep.js';
import type { LeaseKeeper } from '#consuming/lease-keeper.js';
import {
  projectLog,
  projectRebuild,
  type LoopObserver,
  type ProjectingWork,
} from '#consuming/projecting-loop.js';
import type { Projection } from '#projections/projection.js';
import { LeaseLost, type Lease } from '#consuming/lease.js';
import { CopyMoved, type ViewStore } from '#view-stores/view-store.js';
import { projections } from '#projections/all.js';

/** How long a projection that failed rests before it starts again from its checkpoint. */
const REST_MILLISECONDS = [100, 1_000, 3_000];

/** How soon a rebuild, or another try of what is parked, begins after it was asked for. */
const ATTEND_MILLISECONDS = 500;

/** What a projector works on. */
export interface ProjectorParts {
  readonly log: EventReader;
  readonly store: ViewStore;
  /** Takes the leases; one that knows itself alone takes them at once. */
  readonly keeper: LeaseKeeper;
  readonly logger: Logger;
}

/**
 * Runs every projection of which this process has the lease, each in a loop of its own: one that
 * fails does not hold up the others. Beside each loop another attends to what is asked for: a
 * rebuild, which fills a copy beside the live one, or that parked streams are tried again. For those
 * that another process projects it stands by.
 */
export class Projector {
  readonly #stop = new AbortController();
  readonly #running: readonly Promise<void>[];
  readonly #observer: LoopObserver;
  readonly #active = new Set<string>();

  constructor(
    private readonly parts: ProjectorParts,
    { projected = () => undefined, ...traces }: ProjectionFollower = {},
    private readonly all: readonly Projection<object>[] = projections,
  ) {
    const { keeper, logger } = parts;
    this.#observer = {
      ...traces,
      projected: ({ projection, events }) => {
        projected(projection, events);
      },
      parked: (parked) => {
        logger.error(parked, 'an event cannot be projected: its stream is parked');
      },
    };
    this.#running = this.all.map((projection) =>
      keeper.during(projection, this.#stop.signal, (lease, signal) =>
        this.#project(projection, lease, signal),
      ),
    );
  }

  /** The names of all its projections. */
  get names(): readonly string[] {
    return this.all.map(({ name }) => name);
  }

  /** The names of those that this process projects; it stands by for the others. */
  get active(): ReadonlySet<string> {
    return this.#active;
  }

  /** Ends after the batches that are under way, and lets go of the leases. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running);
  }

  async #project(projection: Projection<object>, lease: Lease, signal: AbortSignal): Promise<void> {
    const { log, store, keeper, logger } = this.parts;
    const { name } = projection;
    const work = { projection, log, store, lease };
    const restart = { controller: new AbortController() };
    // Where nobody stands by it goes without saying.
    const level = keeper.isAlone ? 'debug' : 'info';
    logger[level]({ projection: name, token: lease.token }, 'a projection is projected here now');
    this.#active.add(name);
    try {
      await Promise.all([
        this.#keepProjecting(work, signal, restart),
        this.#attend(work, signal, restart),
      ]);
    } finally {
      this.#active.delete(name);
    }
    if (!this.#stop.signal.aborted) {
      logger.warn(
        { projection: name, token: lease.token },
        'another process has taken a projection',
      );
    }
  }

  async #keepProjecting(work: Work, ended: AbortSignal, restart: Restart): Promise<void> {
    let failures = 0;
    const observer: LoopObserver = {
      ...this.#observer,
      projected: (progress) => {
        failures = 0;
        this.#observer.projected?.(progress);
      },
    };
    while (!ended.aborted) {
      restart.controller = new AbortController();
      const signal = AbortSignal.any([ended, restart.controller.signal]);
      try {
        await projectLog(work, signal, observer);
      } catch (error) {
        // The copy was replaced by one that was rebuilt, or another process projects by now.
        if (!wasOvertaken(error)) await this.#failed(work, error);
        await sleep(
          REST_MILLISECONDS[Math.min(failures, REST_MILLISECONDS.length - 1)] ?? 0,
          ended,
        );
        failures++;
      }
    }
  }

  async #attend(work: Work, signal: AbortSignal, restart: Restart): Promise<void> {
    const { store, logger } = this.parts;
    const { projection } = work;
    while (!signal.aborted) {
      try {
        const { live, rebuild } = await store.status(projection);
        if (live !== null && rebuild !== null) {
          logger.info({ projection: projection.name }, 'a projection is being rebuilt');
          await projectRebuild(work, signal, this.#observer);
          restart.controller.abort();
        } else if (live?.parked.some(({ retry }) => retry) === true) {
          restart.controller.abort();
        }
      } catch (error) {
        if (!(error instanceof LeaseLost)) {
          logger.error({ err: error, projection: projection.name }, 'a rebuild has stopped');
        }
      }
      await sleep(ATTEND_MILLISECONDS, signal);
    }
  }

  /** Leaves word where it can: a store that is away hears it from whoever asks it. */
  async #failed({ projection, store, lease }: Work, error: unknown): Promise<void> {
    const { logger } = this.parts;
    logger.error({ err: error, projection: projection.name }, 'a projection has stopped');
    try {
      const copy = await store.openForWriting(projection, lease);
      await copy.report({
        failure: (error as Error).message,
        eventsPerSecond: null,
        positionsPerSecond: null,
      });
    } catch (told) {
      logger.error({ err: told }, 'the read models cannot be told');
    }
  }
}

type Work = ProjectingWork<object> & { readonly store: ViewStore };

const wasOvertaken = (error: unknown): boolean =>
  error instanceof CopyMoved || error instanceof LeaseLost;

/** Hears what is projected. */
export interface ProjectionFollower extends Pick<LoopObserver, 'written'> {
  readonly projected?: (projection: string, events: number) => void;
}

/** Lets a loop be ended so that it begins again. */
interface Restart {
  controller: AbortController;
}
