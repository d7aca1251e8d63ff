import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openCopy, openRebuild } from '#consuming/testing/leases.js';
import { temporaryFolders } from '#event-store/testing/temporary-folder.js';
import { aNote, liveCopy, notes, writeNotes } from '#projections/testing/notes.js';
import { ViewsDamaged, type Condition } from '../view-store.js';
import { SqliteViewStore } from './sqlite-view-store.js';

const newFolder = temporaryFolders();
let file: string;
let store: SqliteViewStore;
beforeEach(async () => {
  file = join(newFolder(), 'read-models.db');
  store = new SqliteViewStore(file);
  await liveCopy(store, {
    a: aNote({ state: 'open', tags: ['x'] }),
    b: aNote({ state: 'closed' }),
  });
});
afterEach(() => store.close());

function alter(sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

const find = (...where: Condition[]) =>
  store.reader(notes).find({ where, sort: { field: 'at', descending: true }, limit: 10 });

describe('a document that was altered', () => {
  it.each([
    ['in its text', `view = replace(view, '"open"', '"oben"')`],
    ['in its checksum', `view = 'z' || substr(view, 2)`],
    ['at its end', `view = substr(view, 1, length(view) - 1)`],
    ['by another one', `view = (SELECT view FROM copy_1 WHERE id = 'b')`],
  ])('%s is neither answered nor listed nor built upon', async (_, change) => {
    // When
    alter(`UPDATE copy_1 SET ${change} WHERE id = 'a'`);
    // Then
    await expect(store.reader(notes).get('a')).rejects.toThrow(ViewsDamaged);
    await expect(find()).rejects.toThrow(ViewsDamaged);
    const copy = await openCopy(store, notes);
    await expect(async () => copy.load(['a', 'b'])).rejects.toThrow(ViewsDamaged);
  });
});

describe('a document that is found by what it does not contain', () => {
  it.each<[string, string, Condition[]]>([
    [
      'a state',
      `UPDATE copy_1 SET f_state = 'open' WHERE id = 'b'`,
      [{ field: 'state', in: ['open'] }],
    ],
    ['a time', `UPDATE copy_1 SET f_at = '2099' WHERE id = 'b'`, []],
    [
      'a range of times',
      `UPDATE copy_1 SET f_at = '2099' WHERE id = 'b'`,
      [{ field: 'at', from: '2098' }],
    ],
    ['a tag', `UPDATE copy_1_tags SET value = 'z'`, [{ list: 'tags', has: ['z'] }]],
  ])('%s is not listed', async (_, change, where) => {
    alter(change);
    await expect(find(...where)).rejects.toThrow(ViewsDamaged);
  });
});

describe('documents without checksums, of an earlier version', () => {
  it('are answered until they are rebuilt', async () => {
    // Given
    await store.close();
    alter(
      'UPDATE copy_1 SET view = substr(view, 9); ALTER TABLE copies DROP COLUMN sealed; PRAGMA user_version = 1',
    );
    store = new SqliteViewStore(file);
    expect(await store.reader(notes).get('a')).toStrictEqual(aNote({ state: 'open', tags: ['x'] }));
    // When
    await openCopy(store, notes);
    // Then
    const rebuild = await openRebuild(store, notes);
    if (rebuild === null) throw new Error('No rebuild was started.');
    await writeNotes(rebuild, { a: aNote({ tags: ['new'] }) }, 1n);
    await rebuild.goLive();
    expect(await store.reader(notes).get('a')).toStrictEqual(aNote({ tags: ['new'] }));
    await openCopy(store, notes);
    expect(await openRebuild(store, notes)).toBeNull();
  });
});
