import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { EventReader } from '#event-store/event-store.js';
import { projectLog, projectRebuild, type LoopObserver } from '#read-models/projecting-loop.js';
import type { Projection } from '#read-models/projection.js';
import { CopyMoved, type ReadModelStore } from '#read-models/store.js';
import { projections } from '#read-models/views/all.js';

/** How long a projection that failed rests before it starts again from its checkpoint. */
const REST_MILLISECONDS = [100, 1_000, 5_000];

/** How soon a rebuild, or another try of what is parked, begins after it was asked for. */
const ATTEND_MILLISECONDS = 500;

/**
 * Runs every projection, each in a loop of its own: one that fails does not hold up the others.
 * Beside each loop another attends to what is asked for: a rebuild, which fills a copy beside the
 * live one, or that parked streams are tried again.
 */
export class Projector {
  readonly #stop = new AbortController();
  readonly #running: readonly Promise<void>[];
  readonly #observer: LoopObserver;

  constructor(
    private readonly log: EventReader,
    private readonly store: ReadModelStore,
    private readonly logger: Logger,
    { projected, ...traces }: ProjectionFollower,
    private readonly all: readonly Projection<object>[] = projections,
  ) {
    this.#observer = {
      ...traces,
      projected: ({ projection, events }) => {
        projected(projection, events);
      },
      parked: (parked) => {
        logger.error(parked, 'an event cannot be projected: its stream is parked');
      },
    };
    this.#running = this.all.flatMap((projection) => {
      const restart = { controller: new AbortController() };
      return [this.#keepProjecting(projection, restart), this.#attend(projection, restart)];
    });
  }

  /** Ends after the batches that are under way. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running);
  }

  async #keepProjecting(projection: Projection<object>, restart: Restart): Promise<void> {
    let failures = 0;
    const observer: LoopObserver = {
      ...this.#observer,
      projected: (progress) => {
        failures = 0;
        this.#observer.projected?.(progress);
      },
    };
    while (!this.#stop.signal.aborted) {
      restart.controller = new AbortController();
      const signal = AbortSignal.any([this.#stop.signal, restart.controller.signal]);
      try {
        await projectLog(projection, this.log, this.store, signal, observer);
      } catch (error) {
        // The copy was replaced by one that was rebuilt: on with that one.
        if (!(error instanceof CopyMoved)) await this.#failed(projection, error);
        await this.#rest(REST_MILLISECONDS[Math.min(failures, REST_MILLISECONDS.length - 1)] ?? 0);
        failures++;
      }
    }
  }

  async #attend(projection: Projection<object>, restart: Restart): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        const { live, rebuild } = await this.store.status(projection);
        if (live !== null && rebuild !== null) {
          this.logger.info({ projection: projection.name }, 'a projection is being rebuilt');
          await projectRebuild(projection, this.log, this.store, signal, this.#observer);
          restart.controller.abort();
        } else if (live?.parked.some(({ retry }) => retry) === true) {
          restart.controller.abort();
        }
      } catch (error) {
        this.logger.error({ err: error, projection: projection.name }, 'a rebuild has stopped');
      }
      await this.#rest(ATTEND_MILLISECONDS);
    }
  }

  /** Leaves word where it can: a store that is away hears it from whoever asks it. */
  async #failed(projection: Projection<object>, error: unknown): Promise<void> {
    this.logger.error({ err: error, projection: projection.name }, 'a projection has stopped');
    try {
      const copy = await this.store.openForWriting(projection);
      await copy.report({ failure: (error as Error).message, eventsPerSecond: null });
    } catch (told) {
      this.logger.error({ err: told }, 'the read models cannot be told');
    }
  }

  async #rest(milliseconds: number): Promise<void> {
    const { signal } = this.#stop;
    await setTimeout(milliseconds, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}

/** Hears what is projected. */
export interface ProjectionFollower extends Pick<LoopObserver, 'written'> {
  readonly projected: (projection: string, events: number) => void;
}

/** Lets a loop be ended so that it begins again. */
interface Restart {
  controller: AbortController;
}
