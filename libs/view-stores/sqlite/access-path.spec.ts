import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { temporaryFolders } from '#event-store/testing/temporary-folder.js';
import type { Condition, Query } from '../view-store.js';
import { aNote, notes, writeNotes, type Note } from '#projections/testing/notes.js';
import { tickets } from '#projections/tickets.js';
import { chooseAccessPath, type AccessPath } from './access-path.js';
import { Sizes } from './sizes.js';
import { SqlFor } from './sql.js';
import { SqliteViewStore } from './sqlite-view-store.js';
import { openCopy } from '#consuming/testing/leases.js';

const newFolder = temporaryFolders();

/** The notes, with all fields of the conditions in every index. */
const indexed = { ...notes, alongside: ['state', 'rank', 'at'] };

const note = fc.record({
  state: fc.constantFrom('open', 'closed'),
  rank: fc.constantFrom(null, 1, 2),
  at: fc.constantFrom('2026-01', '2026-02', '2026-03'),
  tags: fc.uniqueArray(fc.constantFrom('x', 'y', 'z')),
});

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ field: fc.constant('state'), in: fc.constantFrom(['open'], ['open', 'closed']) }),
  fc.record({ field: fc.constant('rank'), in: fc.constantFrom([1], [null], [null, 2]) }),
  fc.record({ field: fc.constant('at'), from: fc.constant('2026-02') }),
  fc.record({
    list: fc.constant('tags'),
    has: fc.uniqueArray(fc.constantFrom('x', 'y'), { minLength: 1 }),
  }),
);

const query: fc.Arbitrary<Query> = fc.record({
  where: fc.array(condition, { maxLength: 4 }),
  sort: fc.record({ field: fc.constantFrom('at', 'rank'), descending: fc.boolean() }),
  limit: fc.constantFrom(3, 100),
});

const pathsOf = ({ where }: Query): AccessPath[] => [
  ...indexed.indexes.map((_, index): AccessPath => ({ kind: 'index', index })),
  ...where.flatMap((one): AccessPath[] =>
    'list' in one ? [{ kind: 'list', condition: one }] : [],
  ),
];

describe('every access path', () => {
  let database: DatabaseSyncInstance;
  beforeAll(async () => {
    const file = join(newFolder(), 'read-models.db');
    const store = new SqliteViewStore(file);
    const copy = await openCopy<Note>(store, indexed);
    const some = fc.sample(note, { numRuns: 60, seed: 1 });
    const documents = Object.fromEntries(some.map((one, index) => [`note ${index}`, aNote(one)]));
    await writeNotes(copy, documents, 1n);
    await copy.goLive();
    await store.close();
    database = new DatabaseSync(file, { readOnly: true });
  });
  afterAll(() => {
    database.close();
  });

  const found = (wanted: Query, path: AccessPath | null): unknown[] => {
    const { sql, values } = SqlFor.query(indexed, 1, wanted, path, () => false);
    return database.prepare(sql).all(...values);
  };

  it('finds the same documents in the same order, from the start and after any document', () => {
    fc.assert(
      fc.property(query, fc.nat(5), (wanted, last) => {
        const all = found(wanted, null) as { id: string; place: string | null }[];
        const ids = all.map(({ id }) => id);
        const { id, place: value } = all[last] ?? {};
        const pages =
          id === undefined || value === undefined || value === null
            ? [wanted]
            : [wanted, { ...wanted, after: { value, id } }];
        for (const page of pages) {
          const expected = found(page, null);
          for (const path of pathsOf(page)) expect(found(page, path)).toStrictEqual(expected);
        }
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it('is chosen by counts of the documents that meet a condition', () => {
    const sizes = new Sizes((sql) => database.prepare(sql));
    const open: Condition = { field: 'state', in: ['open'] };
    const { n } = database
      .prepare(`SELECT count(*) AS n FROM copy_1 WHERE f_state = 'open'`)
      .get() as { n: number };
    expect(sizes.of(SqlFor.numbers(indexed, 1, open), 'copy_1')).toBe(n);
    expect(sizes.ofTable('copy_1')).toBe(60);
  });
});

describe('the access path to tickets', () => {
  const indexNamed = (...fields: string[]): AccessPath => ({
    kind: 'index',
    index: tickets.indexes.findIndex((one) => one.join() === fields.join()),
  });
  const state: Condition = { field: 'state', in: ['pending'] };
  const tenant: Condition = { field: 'tenant', in: ['acme'] };
  const created: Condition = { field: 'createdAt', from: '2026-01' };
  const owner: Condition = { list: 'owners', has: ['bob'] };
  const word: Condition = { list: 'words', has: ['tunnel'] };
  const pathFor = (field: string, ...known: readonly [Condition, number][]) =>
    chooseAccessPath(
      tickets,
      {
        where: known.map(([one]) => one),
        sort: { field, descending: true },
        limit: 50,
      },
      {
        all: 1_000_000,
        matching: (one) => known.find(([condition]) => condition === one)?.[1] ?? 0,
      },
    );

  it('follows the requested order without conditions', () => {
    expect(pathFor('updatedAt')).toStrictEqual(indexNamed('updatedAt'));
    expect(pathFor('createdAt')).toStrictEqual(indexNamed('createdAt'));
  });

  it('uses the index of the rarest value', () => {
    expect(pathFor('updatedAt', [state, 900_000], [tenant, 500])).toStrictEqual(
      indexNamed('tenant', 'updatedAt'),
    );
    expect(pathFor('updatedAt', [state, 300], [tenant, 5_000])).toStrictEqual(
      indexNamed('state', 'updatedAt'),
    );
    expect(pathFor('createdAt', [state, 900_000], [tenant, 500])).toStrictEqual(
      indexNamed('tenant', 'updatedAt'),
    );
  });

  it('follows the requested order if the page fills soon', () => {
    expect(pathFor('createdAt', [tenant, 200_000])).toStrictEqual(indexNamed('createdAt'));
    expect(pathFor('updatedAt', [word, 900_000])).toStrictEqual(indexNamed('updatedAt'));
  });

  it('uses the rarer of two words', () => {
    const other: Condition = { list: 'words', has: ['the'] };
    const expected = { kind: 'list', condition: word };
    expect(pathFor('updatedAt', [other, 900_000], [word, 2_000])).toStrictEqual(expected);
  });

  it('tests the owner if few tickets are in the state, and looks the owner up if many are', () => {
    expect(pathFor('updatedAt', [owner, 40_000], [state, 2_000])).toStrictEqual(
      indexNamed('state', 'updatedAt'),
    );
    expect(pathFor('updatedAt', [owner, 50], [state, 20_000])).toStrictEqual({
      kind: 'list',
      condition: owner,
    });
  });

  it('does not scan for old tickets from the newest change on', () => {
    expect(pathFor('updatedAt', [created, 80_000])).toStrictEqual(indexNamed('createdAt'));
  });
});
