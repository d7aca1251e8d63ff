import { beforeEach, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FieldValue } from '#projections/projection.js';
import type { ViewReader, Condition, Counted, ViewStore } from '../view-store.js';
import { aNote, liveCopy, notes, writeNotes, type Note } from '#projections/testing/notes.js';
import { openedAt, type Place } from '#consuming/testing/opened.js';
import { openCopy } from '#consuming/testing/leases.js';

const documents: Readonly<Record<string, Note>> = {
  a: aNote({ state: 'open', rank: 1, tags: ['x'] }),
  b: aNote({ state: 'open', rank: 1, tags: ['x', 'y', 'x'] }),
  c: aNote({ state: 'closed', rank: null, tags: ['y'] }),
  d: aNote({ state: 'closed', rank: 1.5, at: '2026-12-01' }),
  e: aNote({ state: 'Open', rank: null, tags: ['X', '🎫'] }),
};

interface Tally {
  readonly by?: readonly string[];
  readonly where?: readonly Condition[];
}

export function counting(newPlace: () => Place): void {
  const open = openedAt(newPlace);
  let store: ViewStore;
  let reader: ViewReader<Note>;
  beforeEach(async () => {
    store = await open();
    await liveCopy(store, documents);
    reader = store.reader(notes);
  });

  /** Groups have no order, so they are sorted for the comparison. */
  const counted = async ({ by = [], where = [] }: Tally): Promise<readonly Counted[]> =>
    inOrder(await reader.count(by, where));

  it.each<[string, Tally, [FieldValue[], number][]]>([
    ['everything, without groups', {}, [[[], 5]]],
    [
      'by a field',
      { by: ['state'] },
      [
        [['Open'], 1],
        [['closed'], 2],
        [['open'], 2],
      ],
    ],
    [
      'by a field that may be empty',
      { by: ['rank'] },
      [
        [[1], 2],
        [[1.5], 1],
        [[null], 2],
      ],
    ],
    [
      'by two fields, in their order',
      { by: ['rank', 'state'] },
      [
        [[1, 'open'], 2],
        [[1.5, 'closed'], 1],
        [[null, 'Open'], 1],
        [[null, 'closed'], 1],
      ],
    ],
    ['what meets conditions', { where: [{ field: 'state', in: ['open', 'Open'] }] }, [[[], 3]]],
    [
      'null values',
      { where: [{ field: 'rank', in: [null] }], by: ['state'] },
      [
        [['Open'], 1],
        [['closed'], 1],
      ],
    ],
    [
      'a range',
      { where: [{ field: 'at', from: '2026-11-24', until: '2026-12-01' }], by: ['at'] },
      [[['2026-11-24'], 4]],
    ],
    ['nothing, without groups', { where: [{ field: 'state', in: [] }] }, [[[], 0]]],
    ['nothing, by a field', { where: [{ field: 'state', in: ['none'] }], by: ['state'] }, []],
  ])('counts %s', async (_, tally, expected) => {
    expect(await counted(tally)).toStrictEqual(
      inOrder(expected.map(([values, count]) => ({ values, count }))),
    );
  });

  it('counts what meets several sets of conditions, independently', async () => {
    const sets: Condition[][] = [
      [{ field: 'rank', in: [1] }],
      [{ field: 'rank', in: [null] }],
      [{ field: 'state', in: ['open'] }],
    ];
    expect(inOrder(await reader.count(['state'], ...sets))).toStrictEqual(
      inOrder([
        { values: ['open'], count: 2 },
        { values: ['closed'], count: 1 },
        { values: ['Open'], count: 1 },
        { values: ['open'], count: 2 },
      ]),
    );
  });

  it('counts nothing in a copy without documents', async () => {
    const others = { ...notes, name: 'others' };
    await (await openCopy(store, others)).goLive();
    const empty = store.reader(others);
    expect(await empty.count([], [])).toStrictEqual([{ values: [], count: 0 }]);
    expect(await empty.count(['state'], [])).toStrictEqual([]);
  });

  it.each<[string, Tally]>([
    ['field', { by: ['unknown'] }],
    ['field', { by: ['state', 'toString'] }],
    ['field', { where: [{ field: 'tags', in: ['x'] }] }],
    ['list', { where: [{ list: 'state', has: ['x'] }] }],
    ['list', { where: [{ list: '__proto__', has: ['x'] }] }],
  ])('refuses a %s that the projection does not have: %j', async (_, tally) => {
    await expect(counted(tally)).rejects.toThrow(RangeError);
  });

  it('counts like a naive implementation, for any documents', async () => {
    const copy = await openCopy(store, notes);
    let checkpoint = 2n;
    let before = Object.keys(documents);
    const note = fc.record({
      state: fc.constantFrom('open', 'closed', ''),
      rank: fc.constantFrom(null, 0, -1, 2.5),
      tags: fc.array(fc.constantFrom('x', 'y', 'z'), { maxLength: 4 }),
    });
    const where = fc.constantFrom<Condition[]>(
      [],
      [{ field: 'state', in: ['open', ''] }],
      [{ list: 'tags', has: ['x'] }],
      [{ list: 'tags', has: ['x', 'z'] }],
      [{ field: 'rank', from: -1, until: 2 }],
    );
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), note),
        where,
        fc.subarray(['state', 'rank'] as const),
        async (given, conditions, by) => {
          const after: Record<string, Note | null> = {};
          for (const id of before) after[id] = null;
          for (const [id, change] of Object.entries(given)) after[id] = aNote(change);
          await writeNotes(copy, after, checkpoint++);
          before = Object.keys(given);
          const fitting = Object.values(given)
            .map(aNote)
            .filter((one) => conditions.every((condition) => fits(one, condition)));
          const found = await counted({ where: conditions, by });
          expect(found).toStrictEqual(byHand(fitting, by));
        },
      ),
      { numRuns: 40 },
    );
  });
}

const inOrder = (counts: readonly Counted[]): readonly Counted[] =>
  [...counts].sort((one, other) => (keyOf(one.values) < keyOf(other.values) ? -1 : 1));
const keyOf = (values: readonly FieldValue[]): string => JSON.stringify(values);

function fits(note: Note, condition: Condition): boolean {
  if ('list' in condition) return condition.has.some((one) => note.tags.includes(one));
  if ('in' in condition) return condition.in.includes(note.state);
  return note.rank !== null && note.rank >= -1 && note.rank < 2;
}

function byHand(found: readonly Note[], by: readonly ('state' | 'rank')[]): readonly Counted[] {
  const counts = new Map<string, number>();
  if (by.length === 0) counts.set('[]', 0);
  for (const note of found) {
    const key = keyOf(by.map((field) => note[field]));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return inOrder(
    [...counts].map(([key, count]) => ({ values: JSON.parse(key) as FieldValue[], count })),
  );
}
