/**
 * Characters that steer a terminal, or reorder what people read: control characters (C0 without tab
 * and line feed, DEL, C1), and bidirectional embeddings, overrides and isolates.
 */
const STEERING = '\\u0000-\\u0008\\u000B-\\u001F\\u007F-\\u009F\\u202A-\\u202E\\u2066-\\u2069';

/** Characters that end a line for some programs. */
const SEPARATORS = '\\u2028\\u2029';

/** CR is allowed only before LF. */
const IN_TEXT = new RegExp(`^([^${STEERING}]|\\r\\n)*$`, 'u');
const IN_LINE = new RegExp(`^[^${STEERING}${SEPARATORS}\\t\\n]*$`, 'u');

/** Half of a surrogate pair, which UTF-8 cannot store. */
const HALF = /\p{Cs}/u;

/**
 * A character that leaves a mark by itself. Combining marks need another; U+2800, U+1D159 and the
 * blanks of hieroglyphs are symbols and letters to Unicode, although nothing of them is seen.
 */
const VISIBLE =
  /[^\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800\u{1D159}\u{13441}\u{13442}]/u;

/** Whether people see anything of a text, which is blank otherwise. */
export const isVisible = (text: string): boolean => VISIBLE.test(text);

/** Whether people may write a text of several lines. */
export const isText = (text: string): boolean => IN_TEXT.test(text) && !HALF.test(text);

/** Whether people may write a text of one line, such as a name. */
export const isLine = (text: string): boolean => IN_LINE.test(text) && !HALF.test(text);

const PRINTABLE = /^[^\p{C}\p{Zl}\p{Zp}]{1,128}$/u;

/** Whether a text can be an id or a key that callers choose: 1 to 128 printable characters, not blank. */
export const isId = (text: string): boolean => PRINTABLE.test(text) && isVisible(text);

/**
 * The form in which ids of people are compared: programs write the same letters in different ways
 * (NFC of Unicode's annex 15), and people paste spaces around them. What is no id stays as it is.
 */
export const normalId = (text: string): string =>
  PRINTABLE.test(text) ? text.normalize().trim() : text;

const UNSHOWN = new RegExp(`[${STEERING}${SEPARATORS}]`, 'g');
const LINE_ENDS = /[\t\n]/g;

const escaped = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * A text for a terminal or a log: characters that the rules above refuse are escaped as in JSON, so
 * that JSON stays JSON. Stored texts may be older than the rules.
 */
export const shown = (text: string): string =>
  text.replaceAll('\r\n', '\n').replace(UNSHOWN, escaped);

/** The same for one cell of a table: tabs and ends of lines are escaped too. */
export const shownOnOneLine = (text: string): string => shown(text).replace(LINE_ENDS, escaped);
