import type { Random } from './random.js';
import { Weighted } from './weighted.js';

const HOUR_MILLISECONDS = 3_600_000;
const HOURS_A_WEEK = 168;
/** 1 January 1970, 0:00, was in the 73rd hour of its week. */
const HOURS_SINCE_MONDAY = 72;

/** The hour of the week of a moment, in UTC, from Monday 0:00 on. */
export const hourOfWeek = (time: number): number =>
  (Math.floor(time / HOUR_MILLISECONDS) + HOURS_SINCE_MONDAY) % HOURS_A_WEEK;

/** A span of time, in milliseconds since 1970: from its first moment up to, and without, its last. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/**
 * When so many tickets come in over a period, in order: spread as the hours of the week are.
 *
 * @throws RangeError where the desk is closed all through the period.
 */
export function arrivalsIn(
  { from, to }: Period,
  count: number,
  byHour: readonly number[],
  random: Random,
): Float64Array {
  const hours: [Period, number][] = [];
  for (let start = from; start < to;) {
    const end = Math.min(to, (Math.floor(start / HOUR_MILLISECONDS) + 1) * HOUR_MILLISECONDS);
    const share = (end - start) / HOUR_MILLISECONDS;
    hours.push([{ from: start, to: end }, (byHour[hourOfWeek(start)] ?? 0) * share]);
    start = end;
  }
  const open = new Weighted(hours);
  return Float64Array.from({ length: count }, () => {
    const hour = open.draw(random);
    return Math.floor(hour.from + random.next() * (hour.to - hour.from));
  }).sort();
}
