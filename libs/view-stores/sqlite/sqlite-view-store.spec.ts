import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '#event-store/testing/temporary-folder.js';
import { describeReadModelStore } from '../view-store.contract.js';
import { ViewStoreUnavailable } from '../view-store.js';
import { aNote, liveCopy, notes, writeNotes } from '#projections/testing/notes.js';
import { SqliteViewStore } from './sqlite-view-store.js';
import { openCopy } from '#consuming/testing/leases.js';

const newFolder = temporaryFolders();

describeReadModelStore('on SQLite', () => {
  const file = join(newFolder(), 'read-models.db');
  return { open: () => Promise.resolve(new SqliteViewStore(file)) };
});

describe('the read models on SQLite', () => {
  const newFile = () => join(newFolder(), 'read-models.db');

  it('drop every table of a copy that was replaced', async () => {
    const file = newFile();
    const store = new SqliteViewStore(file);
    await liveCopy(store, { a: aNote({ tags: ['x'] }) });
    const newer = await openCopy(store, { ...notes, version: 2, lists: {} });
    await newer.goLive();
    await store.close();
    const database = new DatabaseSync(file, { readOnly: true });
    const tables = database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'copy_*'")
      .all() as { name: string }[];
    database.close();
    expect(tables.map(({ name }) => name)).toStrictEqual(['copy_2']);
  });

  it('opens a file of an earlier version', async () => {
    const file = newFile();
    const store = new SqliteViewStore(file);
    await liveCopy(store, { a: aNote() });
    await store.close();
    const database = new DatabaseSync(file);
    database.exec('ALTER TABLE copies DROP COLUMN mark; PRAGMA user_version = 0');
    database.close();
    const again = new SqliteViewStore(file);
    const copy = await openCopy(again, notes);
    await writeNotes(copy, { b: aNote() }, 2n);
    await writeNotes(copy, { c: aNote() }, 3n);
    expect(await again.reader(notes).get('a')).toStrictEqual(aNote());
    expect(await again.reader(notes).checkpoint()).toBe(3n);
    await again.close();
  });

  it('refuse a file of a later version, name both, and do not change it', async () => {
    const file = newFile();
    const store = new SqliteViewStore(file);
    await liveCopy(store, { a: aNote() });
    await store.close();
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
    const before = readFileSync(file);
    expect(() => new SqliteViewStore(file)).toThrow(
      /read-models\.db cannot be used \(written by a later version: layout 99, this one knows 2\)\. Run the version that wrote it, or remove the file/,
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('use an index to filter and sort', async () => {
    const file = newFile();
    const store = new SqliteViewStore(file);
    await liveCopy(store, {});
    await store.close();
    const database = new DatabaseSync(file, { readOnly: true });
    const plan = database
      .prepare(
        'EXPLAIN QUERY PLAN SELECT id FROM copy_1 WHERE "f_state" IS ? AND ("f_at", id) < (?, ?) ORDER BY "f_at" DESC, id DESC LIMIT 10',
      )
      .all('open', '2026', 'a') as { detail: string }[];
    database.close();
    expect(plan.map(({ detail }) => detail).join()).toMatch(/SEARCH .* USING .*INDEX copy_1_1/);
    expect(plan.map(({ detail }) => detail).join()).not.toContain('TEMP B-TREE');
  });

  it('report what to do with a file that is not a database, and do not change it', () => {
    const file = newFile();
    writeFileSync(file, 'Dear diary,\n'.repeat(1_000));
    const before = readFileSync(file);
    const open = () => new SqliteViewStore(file);
    expect(open).toThrow(file);
    expect(open).toThrow(/remove the file and start again: it is rebuilt/);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('report a failed read as unavailable, with the cause', async () => {
    const file = newFile();
    const store = new SqliteViewStore(file);
    await liveCopy(store, { a: aNote() });
    const other = new DatabaseSync(file);
    other.exec('DROP TABLE copy_1');
    other.close();
    const reading = store.reader(notes).get('a');
    await expect(reading).rejects.toThrow(ViewStoreUnavailable);
    await expect(reading).rejects.toThrow('The read models cannot be read at the moment.');
    await expect(reading).rejects.toMatchObject({ cause: { code: 'ERR_SQLITE_ERROR' } });
    await store.close();
  });
});
