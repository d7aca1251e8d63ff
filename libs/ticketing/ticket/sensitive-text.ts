/** A kind of secret. */
export type SensitiveKind = 'a private key' | 'a bank card number' | 'a password';

const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----/;
const PASSWORD = /\bpassword\s*:\s*["'`]?[\p{L}\p{N}_]/iu;
const DIGIT_GROUPS = /\d+(?:[ -]\d+)*/g;

/**
 * Finds secrets that customers paste by mistake: a private key block, a bank card number with a
 * valid check digit (ISO/IEC 7812-1), or `password:` followed by a word. Null if there is none.
 */
export function findSensitive(text: string): SensitiveKind | null {
  if (PRIVATE_KEY.test(text)) return 'a private key';
  if (PASSWORD.test(text)) return 'a password';
  for (const [digits] of text.matchAll(DIGIT_GROUPS)) {
    if (holdsCardNumber(digits.split(/[ -]/))) return 'a bank card number';
  }
  return null;
}

/** Card numbers have 13 to 19 digits, written without spaces or in groups of at least three. */
function holdsCardNumber(groups: readonly string[]): boolean {
  for (let first = 0; first < groups.length; first++) {
    let number = '';
    for (let next = first; next < groups.length && number.length < 19; next++) {
      const group = groups[next] ?? '';
      if (group.length < 3) break;
      number += group;
      if (isCardNumber(number)) return true;
    }
  }
  return false;
}

/** The first digit names the industry: bank and travel cards begin with 2 to 6. */
const isCardNumber = (digits: string): boolean =>
  digits.length >= 13 && digits.length <= 19 && /^[2-6]/.test(digits) && passesLuhn(digits);

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const weighted = index % 2 === 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}
