import { describe, expect, it } from '@jest/globals';
import { isId, isLine, isText, isVisible, shown, shownOnOneLine } from './text.js';

const range = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCharCode(from + index));

/** C0 without tab and line feed, DEL and C1, bidirectional embeddings, overrides and isolates. */
const steering = [
  ...range(0x00, 0x08),
  ...range(0x0b, 0x1f),
  ...range(0x7f, 0x9f),
  ...range(0x202a, 0x202e),
  ...range(0x2066, 0x2069),
];

describe('the rules for texts', () => {
  it.each(steering.map((one) => [one.charCodeAt(0).toString(16), one]))(
    'refuse U+%s everywhere, and show it escaped',
    (code, one) => {
      expect(isText(`a${one}b`)).toBe(false);
      expect(isLine(`a${one}b`)).toBe(false);
      expect(isId(`a${one}b`)).toBe(false);
      expect(shown(`a${one}b`)).toBe(`a\\u${code.padStart(4, '0')}b`);
    },
  );

  it.each(['', 'two\nlines\r\nand\ta tab', 'Grüße 你好 𝒳🎫', 'مرحبا\u200f', '👨‍👩‍👧'])(
    'accept what people write: %j',
    (some) => {
      expect(isText(some)).toBe(true);
    },
  );

  it.each(['two\nlines', 'a\ttab', 'a\u2028b', 'a\u2029b'])(
    'keep names on one line: %j',
    (some) => {
      expect(isLine(some)).toBe(false);
      expect(isId(some)).toBe(false);
      expect(shownOnOneLine(some)).toMatch(/^[\x20-\x7e]+$/);
    },
  );

  it.each([
    ['', ' ', '\t\r\n', '\u00a0\u2003\u3000', '\u1680', '\u2028\u2029'],
    ['\u200b', '\u200d\u2060\ufeff', '\u00ad', '\u061c\u200e', '\u{e0041}\u{e007f}'],
    ['\u2800', '\u3164', '\uffa0', '\u115f\u1160', '\u{1d159}', '\u{13441}'],
    ['\ufe0f', '\u{e0100}', '\u180b', '\u034f', '\u17b4'],
    ['\u0301', '\u20dd', '\u0903', ' \u0e34'],
    ['\u0000', '\ue000', '\uffff', '\ud83c'],
  ])('see nothing in %j, %j, %j and the like', (...blank) => {
    for (const one of blank) {
      expect({ one, isVisible: isVisible(one) }).toEqual({ one, isVisible: false });
      expect(isId(one)).toBe(false);
    }
  });

  it.each([
    '.',
    '0',
    '\u00e9',
    'e\u0301',
    '語',
    'ส',
    'हि',
    '\u{1f468}\u200d\u{1f469}',
    '❤\ufe0f',
    ' x ',
  ])('see something in %j', (some) => {
    expect(isVisible(some)).toBe(true);
  });

  it('let an id be anything printable, and an engineer’s id a segment of a path', () => {
    expect(isId('auth0|https://a/b')).toBe(true);
    expect(isId('Zoë Ng')).toBe(true);
    expect(isId('x'.repeat(128))).toBe(true);
    expect(isId('x'.repeat(129))).toBe(false);
    expect(isId('')).toBe(false);
  });

  it('leave JSON that is shown as JSON', () => {
    const value = { text: steering.join('') };
    expect(JSON.parse(shown(JSON.stringify(value)))).toEqual(value);
  });

  it('are checked in the time of one pass', () => {
    const long = `${'a\r\n'.repeat(100_000)}\u009b`;
    expect(isText(long)).toBe(false);
  });
});
