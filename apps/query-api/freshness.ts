import { START, type Position } from '#event-store/event-store.js';
import { Problem } from '#platform/problems/problem.js';
import type { ViewReader } from '#view-stores/view-store.js';

/** How long a query with minPosition waits for the read model to get there. */
const PATIENCE_MILLISECONDS = 5_000;

/** How long a query without one waits to show what is on the log already. */
const COURTESY_MILLISECONDS = 100;

const STEP_MILLISECONDS = 2;

type HasCheckpoint = Pick<ViewReader<unknown>, 'checkpoint'>;

/**
 * Lets a query wait until the read models that it reads have got far enough. Whoever reads after
 * writing sees what was written, where projecting keeps up; it is promised with minPosition only.
 */
export class Freshness {
  constructor(
    /** The position that a query without minPosition should show, if it can be had soon. */
    private readonly head: () => Promise<Position>,
  ) {}

  /**
   * @returns the position that all of them have reached
   * @throws Problem `unavailable` where minPosition is not reached in time.
   */
  async reached(
    minPosition: string | undefined,
    ...readers: readonly HasCheckpoint[]
  ): Promise<Position> {
    const target = minPosition === undefined ? await this.#headSoon() : BigInt(minPosition);
    const patience = minPosition === undefined ? COURTESY_MILLISECONDS : PATIENCE_MILLISECONDS;
    const deadline = performance.now() + patience;
    for (;;) {
      const position = await lowest(readers);
      if (position >= target) return position;
      if (performance.now() >= deadline) {
        if (minPosition === undefined) return position;
        throw new Problem(
          'unavailable',
          `Position ${minPosition} has not been reached yet. Try again in a moment.`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, STEP_MILLISECONDS));
    }
  }

  /**
   * Where the log ends. Before the first event where the log does not say, or not soon: whoever reads
   * is shown what is there. That the log is away is for its writers to hear, and for health to tell.
   */
  async #headSoon(): Promise<Position> {
    let timer: NodeJS.Timeout | undefined;
    const soon = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, COURTESY_MILLISECONDS, null);
    });
    try {
      return (await Promise.race([this.head().catch(() => null), soon])) ?? START;
    } finally {
      clearTimeout(timer);
    }
  }
}

async function lowest(readers: readonly HasCheckpoint[]): Promise<Position> {
  const positions = await Promise.all(readers.map((reader) => reader.checkpoint()));
  return positions.reduce((low, position) => (position < low ? position : low));
}
