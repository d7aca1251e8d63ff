import type { Condition } from '#view-stores/view-store.js';

/**
 * Finds the periods that contain a time, by an index.
 *
 * An index over two columns cannot: of "begun at or before t" and "ended after t" it serves one,
 * and half of all periods that ever were satisfy that one. Therefore each ended period is put in a
 * class by its length. Of periods shorter than ten seconds, those that contain t began in the ten
 * seconds before t: a small stretch of an index by class and beginning, and the longer a class's
 * periods are, the fewer of them a desk has. Periods that still last have a class of their own, in
 * which all that began by t contain it.
 *
 * A class's periods are at least a tenth as long as its longest, so that where beginnings are
 * spread evenly over a stretch, at least a tenth of the periods looked at are found. The shortest
 * class has no least length, but its stretch is one second.
 *
 * Times are in milliseconds since 1970.
 */

/** The end of a period that still lasts: later than any time that is asked for. */
export const LASTING = Number.MAX_SAFE_INTEGER;

/** The class of what still lasts. */
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
 * A period changes its class once, when it ends, and from then on never. Whoever asks in this
 * order, first for what still lasts, misses none that ends meanwhile, but may find it twice.
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
