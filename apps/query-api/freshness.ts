import { START, type Position } from '#event-store/event-store.js';
import { Problem } from '#platform/problems/problem.js';
import type { ViewReader } from '#view-stores/view-store.js';

/** How long a query with minPosition waits for the read models. */
const MIN_POSITION_WAIT_MS = 5_000;

/** How long a query without minPosition waits for the events that are already in the log. */
const HEAD_WAIT_MS = 100;

const POLL_INTERVAL_MS = 2;

type HasCheckpoint = Pick<ViewReader<unknown>, 'checkpoint'>;

/**
 * Makes a query wait for its read models, so that a client usually reads its own writes. Only
 * minPosition guarantees that (ADR 4).
 */
export class Freshness {
  constructor(
    /** The position that a query without minPosition waits for, if it is known soon. */
    private readonly head: () => Promise<Position>,
  ) {}

  /**
   * @returns the position that all read models have reached
   * @throws Problem `unavailable` if they do not reach minPosition in time
   */
  async reached(
    minPosition: string | undefined,
    ...readers: readonly HasCheckpoint[]
  ): Promise<Position> {
    const target = minPosition === undefined ? await this.#headSoon() : BigInt(minPosition);
    const waitMs = minPosition === undefined ? HEAD_WAIT_MS : MIN_POSITION_WAIT_MS;
    const deadline = performance.now() + waitMs;
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
      await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
    }
  }

  /**
   * The last position of the log. START if the log does not answer soon: queries then show what has
   * been projected, and health reports the log.
   */
  async #headSoon(): Promise<Position> {
    let timer: NodeJS.Timeout | undefined;
    const soon = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, HEAD_WAIT_MS, null);
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
