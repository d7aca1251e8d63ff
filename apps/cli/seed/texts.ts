import type { Random } from './random.js';
import { COMMON_WORDS, RARE_WORDS } from './vocabulary.js';
import { byRank } from './weighted.js';

const MIN_WORDS = 5;
const MAX_WORDS = 60;

/** Most texts are short: the mean of a random number to this power is a quarter. */
const LENGTH_EXPONENT = 3;

/** The size of the lookup table: fine enough for the rarest word. */
const TABLE_SIZE = 1 << 18;

/** Texts of 5 to 60 words with the frequencies of natural language (Zipf's law). */
export class Texts {
  /** Words in proportion to their frequency, so that a draw is one lookup. */
  readonly #wordAt: readonly string[];

  constructor() {
    const words = [...new Set([...COMMON_WORDS, ...RARE_WORDS])];
    const ranked = byRank(words);
    this.#wordAt = Array.from(
      { length: TABLE_SIZE },
      (_, index) => words[ranked.indexFor(index / TABLE_SIZE)] ?? '',
    );
  }

  draw(random: Random): string {
    const more = Math.floor((MAX_WORDS - MIN_WORDS + 1) * random.next() ** LENGTH_EXPONENT);
    const first = this.#word(random);
    let text = first.charAt(0).toUpperCase() + first.slice(1);
    for (let word = 1; word < MIN_WORDS + more; word++) text += ` ${this.#word(random)}`;
    return `${text}.`;
  }

  #word(random: Random): string {
    return this.#wordAt[random.uint32() >>> 14] ?? '';
  }
}
