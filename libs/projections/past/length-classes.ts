import type { Condition } from '#view-stores/view-store.js';

/**
 * Finds the periods that contain a time by an index.
 *
 * An index over the beginning and the end cannot do this: of "began by t" and "ended after t" it
 * serves one condition, and about half of all periods meet it. So each ended period has a class by
 * its length. Of the periods shorter than ten seconds, those that contain t began in the ten seconds
 * before t: a small range of an index by class and beginning. The longer the periods of a class,
 * the fewer there are. Current periods have a separate class, in which all that began
 * by t contain it.
 *
 * The periods of a class are at least a tenth as long as its longest. If beginnings are spread
 * evenly over a range, at least a tenth of the periods read are therefore found. The shortest class
 * has no minimum length, but its range is one second.
 *
 * Times are in milliseconds since 1970.
 */

/** The end of a period that still lasts: later than the time of any query. */
export const LASTING = Number.MAX_SAFE_INTEGER;

/** The class of periods that still last. */
const LASTS_STILL = 0;

/** Ended periods of class n are shorter than `SHORTER_THAN[n - 1]`; those of one more are longer. */
const SHORTER_THAN = Array.from({ length: 9 }, (_, power) => 1_000 * 10 ** power);

/** The class of a period by its length. */
export function lengthClassOf(from: number, until: number): number {
  if (until === LASTING) return LASTS_STILL;
  const index = SHORTER_THAN.findIndex((limit) => until - from < limit);
  return 1 + (index === -1 ? SHORTER_THAN.length : index);
}

/**
 * The conditions, class by class, that together hold for the periods that contain a time.
 *
 * A period changes its class once, when it ends. Queries in this order, first for the periods that
 * still last, miss none that ends between them, but may find it twice.
 */
export function containing(time: number): readonly (readonly Condition[])[] {
  const begunBy = { field: 'from', until: time + 1 };
  const endedAfter: Condition = { field: 'until', from: time + 1 };
  const longer: Condition = { field: 'lasts', in: [SHORTER_THAN.length + 1] };
  return [
    [{ field: 'lasts', in: [LASTS_STILL] }, begunBy],
    ...SHORTER_THAN.map((limit, index): Condition[] => [
      { field: 'lasts', in: [index + 1] },
      { ...begunBy, from: time - limit + 1 },
      endedAfter,
    ]),
    [longer, begunBy, endedAfter],
  ];
}
