import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addWords, wordsOf } from './search-words.js';

describe('the words of a text', () => {
  it.each([
    ['The tunnel drops, every hour!', ['the', 'tunnel', 'drops', 'every', 'hour']],
    ['e-mail: alice@acme.example', ['e', 'mail', 'alice', 'acme', 'example']],
    ['error 0x80070005 (5)', ['error', '0x80070005', '5']],
    ['Grüße aus KÖLN, ÉTÉ', ['grüße', 'aus', 'köln', 'été']],
    ['ошибка СЕТИ', ['ошибка', 'сети']],
    ['网络 错误', ['网络', '错误']],
    ['हिन्दी में समस्या', ['हिन्दी', 'में', 'समस्या']],
    ['ﬁle ①② ｆｕｌｌ', ['file', '12', 'full']],
    ['cafe\u0301 café', ['café']],
    ['one One ONE', ['one']],
    ['snake_case', ['snake', 'case']],
    ['🎫 --- \n\t', []],
    ['', []],
  ])('%j are %j', (text, words) => {
    expect(wordsOf(text)).toStrictEqual(words);
  });

  it('are cut if they are very long', () => {
    expect(wordsOf('x'.repeat(1_000))).toStrictEqual(['x'.repeat(40)]);
    expect(wordsOf(`${'x'.repeat(40)}a ${'x'.repeat(40)}b`)).toHaveLength(1);
  });

  it('are cut between characters', () => {
    for (const before of ['', 'x']) {
      const [word] = wordsOf(before + '𠀀'.repeat(100));
      expect(word?.isWellFormed()).toBe(true);
    }
  });

  it('are found by a search for any of them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const words = wordsOf(text);
        expect(new Set(words).size).toBe(words.length);
        for (const word of words) {
          expect(word).not.toBe('');
          expect(words).toEqual(expect.arrayContaining(wordsOf(word)));
          expect(wordsOf(word.toUpperCase()).length).toBeGreaterThan(0);
        }
        expect(wordsOf(text.normalize('NFD'))).toStrictEqual(wordsOf(text.normalize('NFC')));
      }),
      { numRuns: 500 },
    );
  });
});

describe('adding words', () => {
  it('appends the new ones', () => {
    expect(addWords(['a', 'b'], 'B c A d')).toStrictEqual(['a', 'b', 'c', 'd']);
  });

  it('returns the same list if there are no new ones', () => {
    const words = ['a', 'b'];
    expect(addWords(words, 'b A')).toBe(words);
    expect(addWords(words, '')).toBe(words);
  });

  it('stops at five thousand', () => {
    const text = Array.from({ length: 6_000 }, (_, n) => `w${n}`).join(' ');
    const words = addWords(['first'], text);
    expect(words).toHaveLength(5_000);
    expect(words[0]).toBe('first');
    expect(addWords(words, 'another')).toStrictEqual(words);
  });
});
