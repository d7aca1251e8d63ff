import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { LogMark, type Mark } from './log-mark.js';
import { temporaryFolders } from './testing/temporary-folder.js';

const newFolder = temporaryFolders();
const newFile = () => join(newFolder(), 'acknowledged.mark');
const markAt = (position: number): Mark => ({
  logId: 'one',
  position: String(position),
  hash: 'f'.repeat(64),
  at: '2026-11-24T12:00:00.000Z',
});
const marked = (file: string, ...positions: number[]): void => {
  const mark = new LogMark(file);
  for (const position of positions) mark.set(markAt(position));
  mark.close();
};
const read = (file: string): Mark | null => {
  const mark = new LogMark(file);
  mark.close();
  return mark.current;
};

it('is null at first, and then the last one set', () => {
  const file = newFile();
  expect(read(file)).toBeNull();
  marked(file, 1, 2, 3);
  expect(read(file)).toStrictEqual(markAt(3));
  marked(file, 2);
  expect(read(file)).toStrictEqual(markAt(2));
});

it('is the one before after a torn write', () => {
  const file = newFile();
  marked(file, 1, 2);
  const bytes = readFileSync(file);
  bytes.fill(0, 30, 200);
  writeFileSync(file, bytes);
  expect(read(file)).toStrictEqual(markAt(1));
});

it('is refused if it is damaged, with the file and the remedy', () => {
  const file = newFile();
  writeFileSync(file, 'nothing');
  expect(() => read(file)).toThrow(`${file} is damaged`);
  expect(() => read(file)).toThrow(/remove the file and start again/);
});

it('is written again if its file was removed under the process', () => {
  const file = newFile();
  const mark = new LogMark(file);
  mark.set(markAt(1));
  rmSync(file);
  mark.set(markAt(2));
  mark.close();
  expect(read(file)).toStrictEqual(markAt(2));
});
