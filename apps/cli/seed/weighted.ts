import type { Random } from './random.js';

/** Draws items in proportion to their weights. */
export class Weighted<Item> {
  readonly #items: readonly Item[];
  /** The cumulative weights. */
  readonly #until: Float64Array;

  /** @throws RangeError if no item has a weight. */
  constructor(weights: Iterable<readonly [Item, number]>) {
    const entries = [...weights];
    let sum = 0;
    this.#items = entries.map(([item]) => item);
    this.#until = Float64Array.from(entries, ([, weight]) => (sum += weight));
    if (sum <= 0) throw new RangeError('There is nothing to draw from.');
  }

  draw(random: Random): Item {
    return this.#items[this.indexFor(random.next())] as Item;
  }

  /** The index of the item at a share of the total weight, from 0, below 1. */
  indexFor(share: number): number {
    const until = this.#until;
    const sought = share * (until.at(-1) ?? 0);
    let low = 0;
    let high = until.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((until[middle] ?? 0) > sought) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** Items weighted by Zipf's law: the second is half as frequent as the first, the third a third, … */
export const byRank = <Item>(items: readonly Item[]): Weighted<Item> =>
  new Weighted(items.map((item, index) => [item, 1 / (index + 1)]));
