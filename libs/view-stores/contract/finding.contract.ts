import { beforeEach, expect, it } from '@jest/globals';
import type { ViewReader, Condition, Query } from '../view-store.js';
import { present } from '#event-store/testing/present.js';
import { aNote, liveCopy, notes, type Note } from '#projections/testing/notes.js';
import { openedAt, type Place } from '#consuming/testing/opened.js';

const documents: Readonly<Record<string, Note>> = {
  a: aNote({ state: 'open', rank: 1, at: '2026-01-01', tags: ['x'] }),
  b: aNote({ state: 'open', rank: 2, at: '2026-01-02', tags: ['x', 'y'] }),
  c: aNote({ state: 'closed', rank: 3, at: '2026-01-03', tags: ['y', 'z'] }),
  d: aNote({ state: 'closed', rank: null, at: '2026-01-04' }),
  e: aNote({ state: 'Open', rank: 10, at: '2026-01-05', tags: ['X'] }),
  f: aNote({ state: 'ouvert é', rank: -1.5, at: '2026-01-06', tags: ['é', 'x'] }),
};

/** A value that a store could mistake for an operator. */
const operator = { $ne: null } as unknown as string;

export function finding(newPlace: () => Place): void {
  const open = openedAt(newPlace);
  let reader: ViewReader<Note>;
  beforeEach(async () => {
    const store = await open();
    await liveCopy(store, documents);
    reader = store.reader(notes);
  });

  const byTime: Query = { where: [], sort: { field: 'at', descending: false }, limit: 100 };
  const idsOf = async (query: Partial<Query>): Promise<string> =>
    (await reader.find({ ...byTime, ...query })).map(({ id }) => id).join('');

  it('returns documents with their ids and their places in the order', async () => {
    expect(await reader.find({ ...byTime, limit: 1 })).toStrictEqual([
      {
        id: 'a',
        value: documents['a']?.at,
        view: documents['a'],
        bytes: JSON.stringify(documents['a']).length,
      },
    ]);
    expect(await reader.get('c')).toStrictEqual(documents['c']);
    expect(await reader.get('C')).toBeNull();
  });

  it.each<[string, Condition[], string]>([
    ['no condition', [], 'abcdef'],
    ['a value', [{ field: 'state', in: ['open'] }], 'ab'],
    ['one of some values', [{ field: 'state', in: ['open', 'ouvert é', 'none'] }], 'abf'],
    ['a number', [{ field: 'rank', in: [10] }], 'e'],
    ['a fraction', [{ field: 'rank', in: [-1.5] }], 'f'],
    ['text that looks like a number', [{ field: 'rank', in: ['10'] }], ''],
    ['null', [{ field: 'rank', in: [null] }], 'd'],
    ['null or a value', [{ field: 'rank', in: [null, 3] }], 'cd'],
    ['one of no values', [{ field: 'state', in: [] }], ''],
    ['a value from', [{ field: 'at', from: '2026-01-03' }], 'cdef'],
    ['a value until', [{ field: 'at', until: '2026-01-03' }], 'ab'],
    ['a range', [{ field: 'at', from: '2026-01-02', until: '2026-01-04' }], 'bc'],
    ['an empty range', [{ field: 'at', from: '2026-01-04', until: '2026-01-04' }], ''],
    ['a range without ends', [{ field: 'at' }], 'abcdef'],
    ['a range of numbers', [{ field: 'rank', from: -2, until: 3 }], 'abf'],
    ['an item of a list', [{ list: 'tags', has: ['x'] }], 'abf'],
    ['an item that no document has', [{ list: 'tags', has: ['xy'] }], ''],
    ['an item, case-sensitively', [{ list: 'tags', has: ['X'] }], 'e'],
    ['one of some items, each document once', [{ list: 'tags', has: ['y', 'x', 'none'] }], 'abcf'],
    ['one of no items', [{ list: 'tags', has: [] }], ''],
    ['a non-ASCII item', [{ list: 'tags', has: ['é'] }], 'f'],
    [
      'two items',
      [
        { list: 'tags', has: ['x'] },
        { list: 'tags', has: ['y'] },
      ],
      'b',
    ],
    [
      'some items and another one',
      [
        { list: 'tags', has: ['x', 'X'] },
        { list: 'tags', has: ['y'] },
      ],
      'b',
    ],
    [
      'all kinds of conditions',
      [
        { field: 'state', in: ['open', 'closed'] },
        { field: 'at', from: '2026-01-02' },
        { field: 'rank', until: 5 },
        { list: 'tags', has: ['y'] },
      ],
      'bc',
    ],
  ])('by %s', async (_, where, expected) => {
    expect(await idsOf({ where })).toBe(expected);
    expect(await idsOf({ where, sort: { field: 'at', descending: true } })).toBe(
      Array.from(expected).reverse().join(''),
    );
  });

  it('stops at the limit', async () => {
    expect(await idsOf({ limit: 2 })).toBe('ab');
    expect(await idsOf({ limit: 2, sort: { field: 'at', descending: true } })).toBe('fe');
  });

  it('stops after the document with which the found ones are larger than a size', async () => {
    const [a, b] = await reader.find({ ...byTime, limit: 2 });
    const bytes = present(a).bytes;
    expect(bytes).toBe(Buffer.byteLength(JSON.stringify(documents['a'])));
    expect(await idsOf({ maxBytes: 0 })).toBe('a');
    expect(await idsOf({ maxBytes: bytes - 1 })).toBe('a');
    expect(await idsOf({ maxBytes: bytes })).toBe('ab');
    expect(await idsOf({ maxBytes: bytes + present(b).bytes })).toBe('abc');
    expect(await idsOf({ maxBytes: 1_000_000 })).toBe('abcdef');
    const byRank = { sort: { field: 'rank', descending: true }, after: { value: 2, id: 'b' } };
    expect(await idsOf(byRank)).toBe('afd');
    expect(await idsOf({ ...byRank, maxBytes: bytes })).toBe('af');
    expect(await idsOf({ ...byRank, maxBytes: bytes * 2.5 })).toBe('afd');
  });

  it('sorts by text and by number', async () => {
    expect(await idsOf({ sort: { field: 'state', descending: false } })).toBe('ecdabf');
    const ranked: Condition[] = [{ field: 'rank', from: -100 }];
    expect(await idsOf({ where: ranked, sort: { field: 'rank', descending: false } })).toBe(
      'fabce',
    );
    expect(await idsOf({ where: ranked, sort: { field: 'rank', descending: true } })).toBe('ecbaf');
  });

  it.each<[string, Partial<Query>]>([
    ['field', { where: [{ field: 'unknown', in: ['x'] }] }],
    ['field', { where: [{ field: 'toString', in: ['x'] }] }],
    ['field', { where: [{ field: '"; DROP TABLE copies; --', from: 'x' }] }],
    ['field', { sort: { field: 'unknown', descending: false } }],
    ['list', { where: [{ list: 'unknown', has: ['x'] }] }],
    ['list', { where: [{ list: 'constructor', has: ['x'] }] }],
    ['list', { where: [{ list: 'state', has: ['x'] }] }],
  ])('refuses a %s that the projection does not have: %j', async (_, query) => {
    await expect(reader.find({ ...byTime, ...query })).rejects.toThrow(RangeError);
  });

  it('finds nothing by a null bound', async () => {
    expect(await idsOf({ where: [{ field: 'rank', from: null }] })).toBe('');
    expect(await idsOf({ where: [{ field: 'rank', until: null }] })).toBe('');
  });

  it.each<[string, Partial<Query>]>([
    ['a value', { where: [{ field: 'state', in: [operator] }] }],
    ['one of some values', { where: [{ field: 'state', in: ['open', operator] }] }],
    ['a bound', { where: [{ field: 'state', from: operator }] }],
    ['an item', { where: [{ list: 'tags', has: [operator] }] }],
    ['the value to start after', { after: { value: operator, id: 'a' } }],
    ['the id to start after', { after: { value: '2026', id: operator } }],
  ])('refuses values other than text and numbers for %s: %j', async (_, query) => {
    await expect(reader.find({ ...byTime, ...query })).rejects.toThrow(TypeError);
  });
}
