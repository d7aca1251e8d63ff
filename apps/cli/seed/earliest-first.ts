/** A priority queue by time (a binary heap). Items with equal times keep their order. */
export class EarliestFirst<Item> {
  readonly #entries: Entry<Item>[] = [];
  #added = 0;

  get size(): number {
    return this.#entries.length;
  }

  /** The time of the next item; Infinity if there is none. */
  get nextDue(): number {
    return this.#entries[0]?.due ?? Infinity;
  }

  add(due: number, item: Item): void {
    const entry = { due, number: this.#added++, item };
    const entries = this.#entries;
    let place = entries.length;
    while (place > 0) {
      const above = (place - 1) >>> 1;
      const parent = entries[above];
      if (parent === undefined || !isBefore(entry, parent)) break;
      entries[place] = parent;
      place = above;
    }
    entries[place] = entry;
  }

  take(): Item | undefined {
    const entries = this.#entries;
    const first = entries[0];
    const last = entries.pop();
    if (last !== undefined && last !== first) this.#sink(last);
    return first?.item;
  }

  /** Puts an entry at the top, and moves it down to its place. */
  #sink(entry: Entry<Item>): void {
    const entries = this.#entries;
    let place = 0;
    for (;;) {
      const left = entries[2 * place + 1];
      const right = entries[2 * place + 2];
      const goesRight = left !== undefined && right !== undefined && isBefore(right, left);
      const child = goesRight ? right : left;
      if (child === undefined || !isBefore(child, entry)) break;
      entries[place] = child;
      place = 2 * place + (goesRight ? 2 : 1);
    }
    entries[place] = entry;
  }
}

interface Entry<Item> {
  readonly due: number;
  readonly number: number;
  readonly item: Item;
}

const isBefore = (one: Entry<unknown>, other: Entry<unknown>): boolean =>
  one.due < other.due || (one.due === other.due && one.number < other.number);
