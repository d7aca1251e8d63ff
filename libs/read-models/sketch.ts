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
  /** How many values are in each bin; bin `i` holds those above GAMMA^(i-1) and up to GAMMA^i. */
  readonly bins: { readonly [bin: string]: number };
}

const RELATIVE_ERROR = 0.01;
const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);

/** Nothing at all has a bin of its own. */
const ZERO = 'zero';

export const emptySketch: Sketch = { count: 0, sum: 0, bins: {} };

/** The sketch with one value more. */
export const add = (sketch: Sketch, value: number): Sketch => change(sketch, value, 1);

/** The sketch without one of the values that were added. */
export const takeOut = (sketch: Sketch, value: number): Sketch => change(sketch, value, -1);

/** What a sketch of the values of both would be. */
export function merge(one: Sketch, other: Sketch): Sketch {
  const bins: Record<string, number> = { ...one.bins };
  for (const [bin, n] of Object.entries(other.bins)) bins[bin] = (bins[bin] ?? 0) + n;
  return { count: one.count + other.count, sum: one.sum + other.sum, bins };
}

/**
 * The value of which a share of all values is no greater, within 1 %; null where there are none.
 *
 * @param share - from 0 to 1, such as 0.99
 */
export function quantile({ count, bins }: Sketch, share: number): number | null {
  if (count === 0) return null;
  const rank = Math.max(0, Math.ceil(share * count) - 1);
  const inOrder = Object.entries(bins)
    .map(([bin, n]) => ({ bin: bin === ZERO ? -Infinity : Number(bin), n }))
    .sort((a, b) => a.bin - b.bin);
  let seen = 0;
  for (const { bin, n } of inOrder) {
    seen += n;
    if (seen > rank) return valueOf(bin);
  }
  return null;
}

export const mean = ({ count, sum }: Sketch): number | null => (count === 0 ? null : sum / count);

function change({ count, sum, bins }: Sketch, value: number, by: 1 | -1): Sketch {
  const bin = binOf(value);
  const n = (bins[bin] ?? 0) + by;
  if (n !== 0) return { count: count + by, sum: sum + by * value, bins: { ...bins, [bin]: n } };
  const { [bin]: _emptied, ...others } = bins;
  return { count: count + by, sum: sum + by * value, bins: others };
}

const binOf = (value: number): string =>
  value <= 0 ? ZERO : String(Math.ceil(Math.log(value) / Math.log(GAMMA)));

/** The middle of a bin, as far from its lower end as from its upper one, relatively. */
const valueOf = (bin: number): number => (bin === -Infinity ? 0 : (2 * GAMMA ** bin) / (GAMMA + 1));
