/**
 * A sketch of many values whose quantiles are within 1 % of the exact ones: DDSketch (Masson, Rim,
 * Lee: "DDSketch: a fast and fully-mergeable quantile sketch with relative-error guarantees", VLDB
 * 2019). Added values can be removed again.
 *
 * It is plain JSON. Values are whole numbers from 0 on, such as milliseconds, so that sums are exact.
 */
export interface Sketch {
  readonly count: number;
  readonly sum: number;
  /** How many values are 0, which has no logarithm. */
  readonly zeros: number;
  /** The number of the first bin that holds a value; 0 if none does. */
  readonly firstBin: number;
  /**
   * How many values are in each bin, from the first to the last that holds any: bin `i` holds those
   * above GAMMA^(i-1) and up to GAMMA^i. A year in milliseconds is in bin 1,208.
   */
  readonly bins: readonly number[];
}

const RELATIVE_ERROR = 0.01;
const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const LOG_GAMMA = Math.log(GAMMA);

export const emptySketch: Sketch = { count: 0, sum: 0, zeros: 0, firstBin: 0, bins: [] };

/** The sketch with one more value. */
export const add = (sketch: Sketch, value: number): Sketch => change(sketch, value, 1);

/** The sketch without one of its values. */
export const remove = (sketch: Sketch, value: number): Sketch => change(sketch, value, -1);

/**
 * The value that a share of all values does not exceed, within 1 %; null if there are no values.
 *
 * @param share - from 0 to 1, such as 0.99
 */
export function quantile({ count, zeros, firstBin, bins }: Sketch, share: number): number | null {
  if (count === 0) return null;
  const rank = Math.max(1, Math.ceil(share * count));
  let seen = zeros;
  if (seen >= rank) return 0;
  for (const [index, values] of bins.entries()) {
    seen += values;
    if (seen >= rank) return valueOf(firstBin + index);
  }
  return null;
}

export const mean = ({ count, sum }: Sketch): number | null => (count === 0 ? null : sum / count);

function change(sketch: Sketch, value: number, by: 1 | -1): Sketch {
  const changed = { ...sketch, count: sketch.count + by, sum: sketch.sum + by * value };
  if (value === 0) return { ...changed, zeros: sketch.zeros + by };
  const bin = Math.max(0, Math.ceil(Math.log(value) / LOG_GAMMA));
  return { ...changed, ...inBin(sketch, bin, by) };
}

/** The bins with some more or fewer values in one of them, without empty bins at either end. */
function inBin({ firstBin, bins }: Sketch, bin: number, by: number) {
  if (bins.length === 0) return { firstBin: bin, bins: [by] };
  const start = Math.min(firstBin, bin);
  const length = Math.max(firstBin + bins.length, bin + 1) - start;
  const all = new Array<number>(length).fill(0);
  for (const [index, values] of bins.entries()) all[firstBin - start + index] = values;
  all[bin - start] = (all[bin - start] ?? 0) + by;
  const from = all.findIndex((values) => values !== 0);
  const to = all.findLastIndex((values) => values !== 0);
  return from === -1
    ? { firstBin: 0, bins: [] }
    : { firstBin: start + from, bins: all.slice(from, to + 1) };
}

/** The middle of a bin, as far from its lower end as from its upper one, relatively. */
const valueOf = (bin: number): number => (2 * GAMMA ** bin) / (GAMMA + 1);
