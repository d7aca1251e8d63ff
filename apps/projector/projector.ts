import type { Logger } from 'pino';
import type { EventReader } from '#event-store/event-store.js';
import { projectLog } from '#read-models/projecting-loop.js';
import type { Projection } from '#read-models/projection.js';
import type { ReadModelStore } from '#read-models/store.js';
import { projections } from '#read-models/views/all.js';

/** How long a projection that failed rests before it starts again from its checkpoint. */
const REST_MILLISECONDS = [100, 1_000, 5_000, 30_000];

/** Runs every projection, each in a loop of its own: one that fails does not hold up the others. */
export class Projector {
  readonly #stop = new AbortController();
  readonly #loops: readonly Promise<void>[];

  constructor(
    private readonly log: EventReader,
    private readonly store: ReadModelStore,
    private readonly logger: Logger,
    /** Hears of a failure, and of its end (null). */
    private readonly report: (projection: string, failure: string | null) => void,
  ) {
    this.#loops = projections.map((projection) => this.#keepRunning(projection));
  }

  /** Ends after the batches that are under way. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#loops);
  }

  async #keepRunning(projection: Projection<object>): Promise<void> {
    const { signal } = this.#stop;
    const { name } = projection;
    for (let failures = 0; !signal.aborted; failures++) {
      const projected = () => {
        if (failures > 0) this.report(name, null);
        failures = 0;
      };
      try {
        await projectLog(projection, this.log, this.store, signal, { projected });
      } catch (error) {
        this.logger.error({ err: error, projection: name }, 'a projection has stopped');
        this.report(name, (error as Error).message);
        await rest(
          REST_MILLISECONDS[Math.min(failures, REST_MILLISECONDS.length - 1)] ?? 0,
          signal,
        );
      }
    }
  }
}

function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
