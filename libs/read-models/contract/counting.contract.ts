import { beforeEach, expect, it } from '@jest/globals';
import type { CollectionReader, Condition, Counted, Tally } from '../store.js';
import { aNote, liveCopy, notes, type Note } from '../testing/notes.js';
import { openedAt, type Place } from '../testing/opened.js';

const documents: Readonly<Record<string, Note>> = {
  a: aNote({ state: 'open', rank: 1, tags: ['x'] }),
  b: aNote({ state: 'open', rank: 1, tags: ['x', 'y'] }),
  c: aNote({ state: 'closed', rank: 1, tags: ['y'] }),
  d: aNote({ state: 'closed', rank: null }),
  e: aNote({ state: 'open', rank: null, tags: ['x', 'x'] }),
};

export function counting(newPlace: () => Place): void {
  const open = openedAt(newPlace);
  let reader: CollectionReader<Note>;
  beforeEach(async () => {
    const store = await open();
    await liveCopy(store, documents);
    reader = store.reader(notes);
  });

  /** Groups come in no order. */
  const asText = (counted: readonly Counted[]): string[] =>
    counted.map(({ values, count }) => `${JSON.stringify(values)}: ${count}`).sort();
  const isOpen: Condition = { field: 'state', in: ['open'] };
  const isClosed: Condition = { field: 'state', in: ['closed'] };

  it.each<[string, Tally, string[]]>([
    ['all there are', { where: [], by: [] }, ['[]: 5']],
    ['those of a condition', { where: [isOpen], by: [] }, ['[]: 3']],
    ['by a field', { where: [], by: ['state'] }, ['["closed"]: 2', '["open"]: 3']],
    ['by nothing there, too', { where: [isOpen], by: ['rank'] }, ['[1]: 2', '[null]: 1']],
    [
      'by several fields, in their order',
      { where: [{ field: 'rank', in: [1] }], by: ['rank', 'state'] },
      ['[1,"closed"]: 1', '[1,"open"]: 2'],
    ],
    [
      'once for each value of a list',
      { where: [], by: ['state'], list: 'tags' },
      ['["closed","y"]: 1', '["open","x"]: 3', '["open","y"]: 1'],
    ],
    ['no group without documents', { where: [isOpen, isClosed], by: ['state'] }, []],
  ])('counts %s', async (_, tally, expected) => {
    expect(asText(await reader.count(tally))).toEqual(expected);
  });

  it('counts by several tallies, each for itself', async () => {
    const by = ['state'];
    const tallies: Tally[] = [
      { where: [{ field: 'rank', in: [1] }], by },
      { where: [{ field: 'rank', in: [null] }], by },
      { where: [isClosed], by },
    ];
    expect(asText(await reader.countAll(tallies))).toEqual([
      '["closed"]: 1',
      '["closed"]: 1',
      '["closed"]: 2',
      '["open"]: 1',
      '["open"]: 2',
    ]);
  });

  it('refuses a field or a list that the projection does not have', async () => {
    await expect(reader.count({ where: [], by: ['unknown'] })).rejects.toThrow(RangeError);
    await expect(reader.count({ where: [], by: [], list: 'unknown' })).rejects.toThrow(RangeError);
  });
}
