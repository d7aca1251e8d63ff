import { Injectable } from '@nestjs/common';
import { LogReader } from '#consuming/log-reader.js';
import { START, type Position } from '#event-store/event-store.js';
import { Turns } from '#platform/http/turns.js';
import { invalidField, Problem } from '#platform/problems/problem.js';
import { projections } from '#projections/all.js';
import { ViewStore, type ViewReader } from '#view-stores/view-store.js';

/** How long a query with minPosition waits for the read models. */
const MIN_POSITION_WAIT_MS = 5_000;

/** How long a query without minPosition waits for the events that are in the log already. */
const HEAD_WAIT_MS = 100;

type HasCheckpoint = Pick<ViewReader<unknown>, 'checkpoint'>;

/**
 * Makes a query wait for its read models, so that a client usually reads its own writes. Only
 * minPosition guarantees that (ADR 4).
 */
@Injectable()
export class Freshness {
  readonly #turns = new Turns();

  constructor(
    private readonly reader: LogReader,
    private readonly store: ViewStore,
  ) {}

  /**
   * @returns the position that the log has reached
   * @throws Problem `invalid_request` if minPosition lies beyond it
   */
  async logReached(minPosition: string | undefined): Promise<Position> {
    const head = await this.reader.log.headPosition();
    if (minPosition !== undefined && BigInt(minPosition) > head) throw beyondTheLog();
    return head;
  }

  /**
   * @returns the position that all read models have reached
   * @throws Problem `unavailable` if they do not reach minPosition in time, `invalid_request` if
   *   the log has not reached it
   */
  async reached(
    minPosition: string | undefined,
    ...readers: readonly HasCheckpoint[]
  ): Promise<Position> {
    if (minPosition === undefined) {
      return this.#waitFor((await this.#headSoon()) ?? START, HEAD_WAIT_MS, readers);
    }
    const target = BigInt(minPosition);
    if ((await lowest(readers)) < target) {
      const head = await this.#headSoon();
      if (head !== null && head < target) throw beyondTheLog();
    }
    const position = await this.#waitFor(target, MIN_POSITION_WAIT_MS, readers);
    if (position < target) throw notReached(minPosition);
    return position;
  }

  /**
   * Waits until every projection has reached minPosition. Without one it reads no projection.
   *
   * @throws Problem `unavailable` if one does not reach it in time
   */
  async allReached(minPosition: string | undefined): Promise<void> {
    if (minPosition === undefined) return;
    await this.reached(minPosition, ...projections.map((one) => this.store.reader(one)));
  }

  /** Waits until all read models have reached a position, or for a time. */
  async #waitFor(
    target: Position,
    timeoutMs: number,
    readers: readonly HasCheckpoint[],
  ): Promise<Position> {
    const deadline = performance.now() + timeoutMs;
    let position = await lowest(readers);
    if (position >= target) return position;
    while (position < target && performance.now() < deadline) {
      // The wait starts before the look, so that a write during the look is not missed.
      const wait = this.store.waitForWrite(deadline - performance.now());
      try {
        position = await lowest(readers);
        if (position < target) await wait.ended;
      } finally {
        wait.end();
      }
    }
    // One write ends the waits of many queries, which would otherwise all run before anything else.
    await new Promise<void>((resolve) => {
      this.#turns.take('', resolve);
    });
    return position;
  }

  /**
   * The last position of the log. Null if the log does not answer soon: queries then show what has
   * been projected, and health reports the log.
   */
  async #headSoon(): Promise<Position | null> {
    let timer: NodeJS.Timeout | undefined;
    const soon = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, HEAD_WAIT_MS, null);
    });
    try {
      return await Promise.race([this.reader.log.headPosition().catch(() => null), soon]);
    } finally {
      clearTimeout(timer);
    }
  }
}

const beyondTheLog = (): Problem =>
  invalidField(
    '/minPosition',
    "This position lies beyond the log's end. Send the position of an answer unchanged.",
  );

const notReached = (minPosition: string): Problem =>
  new Problem(
    'unavailable',
    `Position ${minPosition} has not been reached yet. Try again in a moment.`,
  );

async function lowest(readers: readonly HasCheckpoint[]): Promise<Position> {
  const positions = await Promise.all(readers.map((reader) => reader.checkpoint()));
  return positions.reduce((low, position) => (position < low ? position : low));
}
