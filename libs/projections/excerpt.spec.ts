import { describe, expect, it } from '@jest/globals';
import { excerptOf } from './excerpt.js';

const words = (count: number): string => Array.from({ length: count }, () => 'word').join(' ');

describe('the excerpt of a text', () => {
  it.each([
    ['Short.', 'Short.'],
    ['  One.\r\n\tTwo:\u2028three \u00a0 four\n', 'One. Two: three four'],
    ['x'.repeat(200), 'x'.repeat(200)],
  ])('of 200 characters is all of it, on one line: %j', (text, excerpt) => {
    expect(excerptOf(text)).toBe(excerpt);
  });

  it.each([
    ['in the middle of a word', `${words(39)} a longerWord ${words(10)}`, `${words(39)} a`],
    ['at the end of a word', `${words(39)} abcde ${words(10)}`, `${words(39)} abcde`],
    ['after a space', `${words(39)} abcd ${words(10)}`, `${words(39)} abcd`],
  ])('ends with a whole word if 200 characters end %s', (_, text, excerpt) => {
    expect(excerptOf(text)).toBe(excerpt);
  });

  it.each([
    ['has no spaces', '工单'.repeat(300), '工单'.repeat(100)],
    ['has a very long word', `A ${'x'.repeat(300)}`, `A ${'x'.repeat(198)}`],
    ['has surrogate pairs', `x${'🎫'.repeat(300)}`, `x${'🎫'.repeat(199)}`],
  ])('is cut after a character if the text %s', (_, text, excerpt) => {
    expect(excerptOf(text)).toBe(excerpt);
  });
});
