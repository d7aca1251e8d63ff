/**
 * A sketch of many values from which quantiles are told within 1 % of their value: DDSketch (Masson,
 * Rim, Lee: "DDSketch: a fast and fully-mergeable quantile sketch with relative-error guarantees",
 * VLDB 2019). Sketches add up, and what was added can be taken out again.
 *
 * It is plain JSON. Values are whole numbers from 0 on, such as milliseconds, so that sums are exact.
 */
export interface Sketch {
  readonly count: number;
  readonly sum: number;
  /** How many values are 0, which has no logarithm. */
  readonly zeros: number;
  /**
   * How many values are in each bin: bin `i` holds those above GAMMA^(i-1) and up to GAMMA^i. There
   * are as many as the largest value needs: 1,209 for a year in milliseconds.
   */
  readonly bins: readonly number[];
}

const RELATIVE_ERROR = 0.01;
const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const LOG_GAMMA = Math.log(GAMMA);

export const emptySketch: Sketch = { count: 0, sum: 0, zeros: 0, bins: [] };

/** The sketch with one value more. */
export const add = (sketch: Sketch, value: number): Sketch => change(sketch, value, 1);

/** The sketch without one of the values that were added. */
export const takeOut = (sketch: Sketch, value: number): Sketch => change(sketch, value, -1);

/** What a sketch of the values of both would be. */
export function merge(one: Sketch, other: Sketch): Sketch {
  const length = Math.max(one.bins.length, other.bins.length);
  return {
    count: one.count + other.count,
    sum: one.sum + other.sum,
    zeros: one.zeros + other.zeros,
    bins: Array.from({ length }, (_, bin) => (one.bins[bin] ?? 0) + (other.bins[bin] ?? 0)),
  };
}

/**
 * The value of which a share of all values is no greater, within 1 %; null where there are none.
 *
 * @param share - from 0 to 1, such as 0.99
 */
export function quantile({ count, zeros, bins }: Sketch, share: number): number | null {
  if (count === 0) return null;
  const rank = Math.max(1, Math.ceil(share * count));
  let seen = zeros;
  if (seen >= rank) return 0;
  for (let bin = 0; bin < bins.length; bin++) {
    seen += bins[bin] ?? 0;
    if (seen >= rank) return valueOf(bin);
  }
  return null;
}

export const mean = ({ count, sum }: Sketch): number | null => (count === 0 ? null : sum / count);

function change({ count, sum, zeros, bins }: Sketch, value: number, by: 1 | -1): Sketch {
  const changed = { count: count + by, sum: sum + by * value };
  if (value === 0) return { ...changed, zeros: zeros + by, bins };
  const bin = Math.max(0, Math.ceil(Math.log(value) / LOG_GAMMA));
  const next = bins.slice();
  while (next.length <= bin) next.push(0);
  next[bin] = (next[bin] ?? 0) + by;
  while (next.at(-1) === 0) next.pop();
  return { ...changed, zeros, bins: next };
}

/** The middle of a bin, as far from its lower end as from its upper one, relatively. */
const valueOf = (bin: number): number => (2 * GAMMA ** bin) / (GAMMA + 1);
