import type { Random } from './random.js';
import { Weighted } from './weighted.js';

const HOUR_MS = 3_600_000;
export const HOURS_PER_WEEK = 168;
/** 1 January 1970 was a Thursday. */
const HOURS_SINCE_MONDAY = 72;

/** The hour of the week of a time, in UTC, from Monday 0:00. */
export const hourOfWeek = (time: number): number =>
  (Math.floor(time / HOUR_MS) + HOURS_SINCE_MONDAY) % HOURS_PER_WEEK;

/** A period, in milliseconds since 1970, without its end. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/**
 * Draws the creation times of tickets in a period, in order, distributed like the hours of the week.
 *
 * @throws RangeError if the desk is closed during the whole period.
 */
export function arrivalsIn(
  { from, to }: Period,
  count: number,
  byHour: readonly number[],
  random: Random,
): Float64Array {
  const hours: [Period, number][] = [];
  for (let start = from; start < to;) {
    const end = Math.min(to, (Math.floor(start / HOUR_MS) + 1) * HOUR_MS);
    const share = (end - start) / HOUR_MS;
    hours.push([{ from: start, to: end }, (byHour[hourOfWeek(start)] ?? 0) * share]);
    start = end;
  }
  const open = new Weighted(hours);
  return Float64Array.from({ length: count }, () => {
    const hour = open.draw(random);
    return Math.floor(hour.from + random.next() * (hour.to - hour.from));
  }).sort();
}
