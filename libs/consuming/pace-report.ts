import type { Position } from '#event-store/event-store.js';
import type { CopyReport } from '#view-stores/view-store.js';

/** How often a consumer that catches up reports its pace. */
const REPORT_INTERVAL_MS = 1_000;

/** Measures how fast a consumer catches up. */
export class PaceReport {
  #since: number;
  #events = 0;
  #from: Position;
  #isReported = false;

  /** @param nowMs - the time, by `performance.now()` */
  constructor(from: Position, nowMs: number) {
    this.#from = from;
    this.#since = nowMs;
  }

  /**
   * Counts a page.
   *
   * @returns the report that is due, or null: every second while it catches up, and once, without
   *   a pace, when it has caught up.
   */
  after(events: number, position: Position, caughtUp: boolean, nowMs: number): CopyReport | null {
    this.#events += events;
    const elapsedMs = nowMs - this.#since;
    if (elapsedMs < REPORT_INTERVAL_MS && !(caughtUp && this.#isReported)) return null;
    const isDue = !caughtUp || this.#isReported;
    const perSecond = (count: number) => (caughtUp ? null : (count * 1_000) / elapsedMs);
    const report: CopyReport = {
      failure: null,
      eventsPerSecond: perSecond(this.#events),
      positionsPerSecond: perSecond(Number(position - this.#from)),
    };
    this.#isReported = !caughtUp;
    this.#since = nowMs;
    this.#events = 0;
    this.#from = position;
    return isDue ? report : null;
  }
}
