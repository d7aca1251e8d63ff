/** A kind of secret. */
export type SensitiveKind = 'a private key' | 'a bank card number' | 'a password';

const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----/;
const PASSWORD = /\bpassword\s*:\s*["'`]?[\p{L}\p{N}_]/iu;

/** Digits in groups, between which stand spaces, dashes, dots or slashes. */
const BETWEEN = /[\p{Zs}\t\p{Pd}\u2212.·•_/]{1,3}/u;
const DIGIT_GROUPS = new RegExp(`\\d+(?:${BETWEEN.source}\\d+)*`, 'gu');

/**
 * How card numbers of each issuer begin, and how many digits they have (ISO/IEC 7812; the ranges of
 * the package `credit-card-type`). An IMEI has 15 digits, and begins with none of those of 15.
 */
const ISSUERS: readonly [issuer: string, prefix: RegExp, lengths: readonly number[]][] = [
  ['Visa', /^4/, [13, 16, 18, 19]],
  ['Mastercard', /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  ['American Express', /^3[47]/, [15]],
  ['Diners Club', /^3(0[0-5]|095|[689])/, [14, 16, 19]],
  ['Discover, RuPay, Troy', /^(60|64[4-9]|65|82|9792)/, [16, 19]],
  ['JCB', /^(2131|1800|352[89]|35[3-8])/, [16, 17, 18, 19]],
  ['UnionPay', /^(62|81)/, [14, 15, 16, 17, 18, 19]],
  ['Maestro', /^(5018|5020|5038|5893|6304|6759|676[1-3]|6799)/, [12, 13, 14, 15]],
  ['Maestro, Elo, Hiper, Verve', /^(50|5[6-9]|6[37])/, [16, 17, 18, 19]],
  ['Mir', /^220[0-4]/, [16, 17, 18, 19]],
  ['Humo, Uzcard', /^(9860|8600)/, [16]],
];

/**
 * Finds secrets that customers paste by mistake: a private key block, the number of a bank card
 * with a valid check digit, or `password:` followed by a word. Null if there is none.
 */
export function findSensitive(text: string): SensitiveKind | null {
  const plain = withPlainDigits(text);
  if (PRIVATE_KEY.test(plain)) return 'a private key';
  if (PASSWORD.test(plain)) return 'a password';
  for (const [digits] of plain.matchAll(DIGIT_GROUPS)) {
    if (holdsCardNumber(digits.split(BETWEEN))) return 'a bank card number';
  }
  return null;
}

/** A text in its compatible form, without what is not seen, and with the digits of ASCII. */
const withPlainDigits = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\p{Default_Ignorable_Code_Point}\p{Me}]/gu, '')
    .replace(/[^\P{Nd}0-9]/gu, valueOf);

/** The digits of a script follow each other, and before its zero stands no digit. */
function valueOf(digit: string): string {
  let value = 0;
  const code = digit.codePointAt(0) ?? 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return value.toString();
}

/**
 * Whether groups of digits are a card number together, or some of them in a row are: groups of at
 * least three digits, or groups of one size, of which the last may be shorter. Any others in a row
 * are more likely parts of dates, addresses and the like.
 */
function holdsCardNumber(groups: readonly string[]): boolean {
  for (let first = 0; first < groups.length; first++) {
    let number = '';
    for (let next = first; next < groups.length && number.length < 19; next++) {
      number += groups[next] ?? '';
      const isWhole = first === 0 && next === groups.length - 1;
      if (isCardNumber(number) && (isWhole || areRegular(groups.slice(first, next + 1)))) {
        return true;
      }
    }
  }
  return false;
}

function areRegular(groups: readonly string[]): boolean {
  const size = groups[0]?.length ?? 0;
  const areEqual = groups.slice(0, -1).every(({ length }) => length === size);
  return (
    groups.every(({ length }) => length >= 3) || (areEqual && (groups.at(-1)?.length ?? 0) <= size)
  );
}

const isCardNumber = (digits: string): boolean =>
  digits.length >= 12 &&
  passesLuhn(digits) &&
  ISSUERS.some(([, prefix, lengths]) => lengths.includes(digits.length) && prefix.test(digits));

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const weighted = index % 2 === 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}
