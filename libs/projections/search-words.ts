/** Marks belong to the letters before them: without them, words of Hindi and Thai are split. */
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const MAX_WORD_LENGTH = 40;
const MAX_WORDS = 5_000;

/**
 * The words to search a text by: runs of letters and digits, in lower case and compatibility form
 * (NFKC), so that a search means the same in every store.
 */
export function wordsOf(text: string): string[] {
  const words = text.normalize('NFKC').toLowerCase().match(WORD) ?? [];
  return [...new Set(words.map(cut))];
}

/** Cuts between characters: half of a surrogate pair could not be stored. */
const cut = (word: string): string =>
  word.length <= MAX_WORD_LENGTH ? word : Array.from(word).slice(0, MAX_WORD_LENGTH).join('');

/** Adds the words of a text to those found so far; the same array if it has no new ones. */
export function addWords(words: readonly string[], text: string): readonly string[] {
  const all = new Set(words);
  for (const word of wordsOf(text)) all.add(word);
  return all.size === words.length ? words : [...all].slice(0, MAX_WORDS);
}
