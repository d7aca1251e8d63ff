import type { Random } from './random.js';
import { COMMON_WORDS, RARE_WORDS } from './vocabulary.js';
import { byRank } from './weighted.js';

const FEWEST_WORDS = 5;
const MOST_WORDS = 60;

/** Most texts are short: the mean of a random number to this power is about a quarter. */
const SHORTNESS = 3;

/** How many of the shares of all words are told apart: finer than the rarest word. */
const SHARES = 1 << 18;

/**
 * Texts of 5 to 60 words, whose words are as unevenly common as those of people: the second half as
 * common as the first, and so on (Zipf's law).
 */
export class Texts {
  /** A word for each share of all words: looking it up takes one step. */
  readonly #wordAt: readonly string[];

  constructor() {
    const words = [...new Set([...COMMON_WORDS, ...RARE_WORDS])];
    const ranked = byRank(words);
    this.#wordAt = Array.from(
      { length: SHARES },
      (_, index) => words[ranked.indexFor(index / SHARES)] ?? '',
    );
  }

  draw(random: Random): string {
    const more = Math.floor((MOST_WORDS - FEWEST_WORDS + 1) * random.next() ** SHORTNESS);
    const first = this.#word(random);
    let text = first.charAt(0).toUpperCase() + first.slice(1);
    for (let word = 1; word < FEWEST_WORDS + more; word++) text += ` ${this.#word(random)}`;
    return `${text}.`;
  }

  #word(random: Random): string {
    return this.#wordAt[random.uint32() >>> 14] ?? '';
  }
}
