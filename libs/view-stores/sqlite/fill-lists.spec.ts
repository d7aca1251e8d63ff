import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fillLists } from './fill-lists.js';
import { createTables, listTableOf } from './tables.js';

interface Tagged {
  readonly tags: readonly string[];
  readonly owners: readonly string[];
}
const projection = {
  fields: {},
  indexes: [],
  lists: { tags: ({ tags }: Tagged) => tags, owners: ({ owners }: Tagged) => owners },
};

let database: DatabaseSyncInstance;
beforeEach(() => {
  database = new DatabaseSync(':memory:');
});
afterEach(() => {
  database.close();
});

const insert = (copy: number, document: Tagged, number: number) =>
  database
    .prepare(`INSERT INTO copy_${copy} (number, id, view) VALUES (?, ?, ?)`)
    .run(number, `document ${number}`, JSON.stringify(document));

const filled = (copy: number, list: 'tags' | 'owners'): unknown[] =>
  database.prepare(`SELECT value, document FROM ${listTableOf(copy, list)}`).all();

/** The rows of a list, in the order of its key. */
const expected = (documents: readonly Tagged[], list: 'tags' | 'owners') =>
  documents
    .flatMap((document, index) =>
      [...new Set(document[list])].map((value) => ({ value, document: index + 1 })),
    )
    .toSorted(
      (one, other) =>
        Buffer.compare(Buffer.from(one.value), Buffer.from(other.value)) ||
        one.document - other.document,
    );

const write = (work: () => void) => {
  database.exec('BEGIN');
  work();
  database.exec('COMMIT');
};
const fill = (copy: number, documentsPerRange: number) =>
  fillLists<Tagged>({ database, copy, projection, documentsPerRange, write });

const value = fc.oneof(
  fc.constantFrom('a', 'b', 'the', 'é', '🎫'),
  fc.string({ unit: 'grapheme' }),
);
const tagged: fc.Arbitrary<Tagged> = fc.record({
  tags: fc.array(value, { maxLength: 6 }),
  owners: fc.array(value, { maxLength: 2 }),
});

it('fills every list from its documents, with any number of ranges', async () => {
  let copy = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(tagged, { maxLength: 60 }),
      fc.constantFrom(1, 7, 100),
      async (documents, documentsPerRange) => {
        copy += 1;
        database.exec(createTables(copy, projection));
        documents.forEach((document, index) => insert(copy, document, index + 1));
        await fill(copy, documentsPerRange);
        expect(filled(copy, 'tags')).toEqual(expected(documents, 'tags'));
        expect(filled(copy, 'owners')).toEqual(expected(documents, 'owners'));
      },
    ),
    { numRuns: 60 },
  );
});

it('removes the rows of an earlier attempt', async () => {
  database.exec(createTables(1, projection));
  insert(1, { tags: ['old'], owners: [] }, 1);
  await fill(1, 10);
  database.prepare('UPDATE copy_1 SET view = ?').run(JSON.stringify({ tags: [], owners: ['new'] }));
  await fill(1, 10);
  expect(filled(1, 'tags')).toEqual([]);
  expect(filled(1, 'owners')).toEqual([{ value: 'new', document: 1 }]);
});

it('fills several copies at a time', async () => {
  for (const copy of [1, 2]) {
    database.exec(createTables(copy, projection));
    for (let n = 1; n <= 50; n++) insert(copy, { tags: [`tag ${n}`], owners: [`${copy}`] }, n);
  }
  await Promise.all([fill(1, 10), fill(2, 10)]);
  for (const copy of [1, 2]) expect(filled(copy, 'owners')).toHaveLength(50);
});

it('stops once the copy is lost, and leaves no scratch database', async () => {
  database.exec(createTables(1, projection));
  insert(1, { tags: ['one'], owners: ['two'] }, 1);
  let writes = 0;
  const filling = fillLists<Tagged>({
    database,
    copy: 1,
    projection,
    documentsPerRange: 10,
    write: (work) => {
      writes += 1;
      if (writes > 1) throw new Error('Not ours.');
      work();
    },
  });
  await expect(filling).rejects.toThrow('Not ours.');
  expect(database.prepare('SELECT name FROM pragma_database_list').all()).toHaveLength(1);
});
