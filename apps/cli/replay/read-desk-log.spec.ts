import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readDeskLog } from './read-desk-log.js';
import { mappingWith } from './testing/plans.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'replay-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const HEADER = 'case,activity,timestamp,who';

function read(lines: readonly string[], changes: object = {}) {
  const file = join(folder, 'log.csv');
  writeFileSync(file, lines.join('\n'));
  return readDeskLog(file, mappingWith(changes), 'desk.map.json');
}

describe('a log', () => {
  it('is grouped by case, in the order of its first lines', async () => {
    const log = await read([
      HEADER,
      'A,new,2012-10-09 14:50:17,',
      'B,new,2012-10-09T14:50:18+02:00,bob',
      'A,take,2012-10-09 14:51:00,carol',
    ]);
    expect(log.cases.map(({ name, ordinal }) => [name, ordinal])).toEqual([
      ['A', 0],
      ['B', 1],
    ]);
    expect(log.cases[0]?.activities).toEqual([
      {
        line: 2,
        activity: 'new',
        timestamp: '2012-10-09 14:50:17',
        time: Date.UTC(2012, 9, 9, 14, 50, 17),
        resource: null,
      },
      {
        line: 4,
        activity: 'take',
        timestamp: '2012-10-09 14:51:00',
        time: Date.UTC(2012, 9, 9, 14, 51),
        resource: 'carol',
      },
    ]);
    expect(log.activityCount).toBe(3);
    expect(log.resources).toEqual(['bob', 'carol']);
  });

  it('is sorted by time, with equal times in their order', async () => {
    const log = await read([
      HEADER,
      'A,take,2012-10-09 14:51:00,',
      'A,note,2012-10-09 14:51:00,',
      'A,new,2012-10-09 14:50:00,',
    ]);
    expect(log.cases[0]?.activities.map(({ activity }) => activity)).toEqual([
      'new',
      'take',
      'note',
    ]);
  });

  it('can have more columns, another order, quotes, a byte order mark and empty lines', async () => {
    const log = await read(
      ['\ufefftimestamp;note;activity;case', '', '2012-10-09 14:50;"a;b";"new";"A 1"', ''],
      { delimiter: ';', columns: { case: 'case', activity: 'activity', timestamp: 'timestamp' } },
    );
    expect(log.cases[0]?.name).toBe('A 1');
    expect(log.cases[0]?.activities[0]?.line).toBe(3);
  });

  it('is identified by its content', async () => {
    const one = await read([HEADER, 'A,new,2012-10-09 14:50:17,']);
    const other = await read([HEADER, 'A,new,2012-10-09 14:50:18,']);
    expect(one.digest).not.toBe(other.digest);
  });
});

describe('an invalid log', () => {
  it.each([
    [
      'lacks a column',
      ['case,what,timestamp,who', 'A,new,2012-10-09 14:50:17,'],
      'Line 1: there is no column "activity". The log has "case", "what", "timestamp", "who"',
    ],
    [
      'has an empty field',
      [HEADER, 'A,new,2012-10-09 14:50:17,', ',new,2012-10-09 14:50:17,'],
      'Line 3: the case is empty.',
    ],
    [
      'has an invalid time',
      [HEADER, 'A,new,yesterday,'],
      'Line 2: "yesterday" is not a time. Write 2012-10-09 14:50:17',
    ],
    [
      'has an invalid engineer id',
      [HEADER, 'A,new,2012-10-09 14:50:17,a\u200bb'],
      'Line 2: "a\u200bb" cannot be an engineer\'s id',
    ],
    [
      'has a line with fewer fields',
      [HEADER, 'A,new'],
      'log.csv cannot be read: Invalid Record Length: expect 4, got 2 on line 2',
    ],
    [
      'has an unclosed quote',
      [HEADER, 'A,"new,2012-10-09 14:50:17,'],
      'log.csv cannot be read: Quote Not Closed',
    ],
    ['is empty', [], 'log.csv is empty.'],
    ['has only column names', [HEADER], 'log.csv has column names but no other line.'],
  ])('%s', async (_what, lines, message) => {
    await expect(read(lines)).rejects.toThrow(message);
  });

  it('reports every unmapped activity, and how to map it', async () => {
    const lines = [
      HEADER,
      ...['new', 'lose', 'lose', 'win'].map((what) => `A,${what},2012-10-09 14:50:17,`),
    ];
    await expect(read(lines)).rejects.toThrow(
      [
        'The mapping does not have these activities:',
        '  "lose" (2 times, first on line 3)',
        '  "win" (once, first on line 5)',
        'Add each to "activities" in desk.map.json:',
        '  "lose": { "like": "another activity" }',
      ].join('\n'),
    );
  });

  it('does not exist', async () => {
    await expect(
      readDeskLog(join(folder, 'nowhere.csv'), mappingWith(), 'desk.map.json'),
    ).rejects.toThrow(/nowhere\.csv cannot be read: ENOENT/);
    await expect(readDeskLog(folder, mappingWith(), 'desk.map.json')).rejects.toThrow('EISDIR');
  });
});
