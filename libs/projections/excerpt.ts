/** Counted as JSON Schema counts: a surrogate pair is one character. */
export const MAX_EXCERPT_LENGTH = 200;

/**
 * The beginning of a text on one line, with each run of white space as one space. A longer text is
 * cut after a word, or after a character if its last word is longer than half of the excerpt.
 */
export function excerptOf(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const characters = Array.from(line.slice(0, 2 * MAX_EXCERPT_LENGTH + 2));
  if (characters.length <= MAX_EXCERPT_LENGTH) return line;
  const piece = characters.slice(0, MAX_EXCERPT_LENGTH).join('');
  if (characters[MAX_EXCERPT_LENGTH] === ' ') return piece;
  const end = piece.lastIndexOf(' ');
  return end < piece.length / 2 ? piece : piece.slice(0, end);
}
