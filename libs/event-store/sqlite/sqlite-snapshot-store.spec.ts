import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { aSnapshot, describeSnapshotStore } from '../snapshots.contract.js';
import { temporaryFolders } from '../testing/temporary-folder.js';
import { SqliteSnapshotStore } from './sqlite-snapshot-store.js';

const newFolder = temporaryFolders();

describeSnapshotStore(
  'on SQLite',
  () => new SqliteSnapshotStore(join(newFolder(), 'snapshots.db')),
);

describe('the file of the snapshots', () => {
  let file: string;
  let said: string;
  beforeEach(() => {
    file = join(newFolder(), 'snapshots.db');
    said = '';
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
      said += String(text);
      return true;
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  /** Saves a snapshot and loads it again, each time the file is opened. */
  const works = (): void => {
    const store = new SqliteSnapshotStore(file);
    store.save('a', aSnapshot(100));
    store.close();
    const again = new SqliteSnapshotStore(file);
    expect(again.load('a')).toStrictEqual(aSnapshot(100));
    again.close();
  };

  it('keeps them from one start to the next, and says nothing', () => {
    works();
    expect(said).toBe('');
  });

  it.each<[string, () => void]>([
    [
      'a text',
      () => {
        writeFileSync(file, 'Dear diary,\n'.repeat(1_000));
      },
    ],
    [
      'random bytes',
      () => {
        writeFileSync(file, randomBytes(20_000));
      },
    ],
    [
      'a database with other tables of these names',
      () => {
        const database = new DatabaseSync(file);
        database.exec('CREATE TABLE snapshots (text TEXT)');
        database.close();
      },
    ],
  ])('is rebuilt if it is %s, and a line reports it', (_, spoil) => {
    spoil();
    works();
    expect(said).toContain(file);
    expect(said).toContain('rebuilt from the log');
  });

  it('that fails later costs nothing but the snapshot', () => {
    const store = new SqliteSnapshotStore(file);
    store.save('a', aSnapshot(100));
    const other = new DatabaseSync(file);
    other.exec('DROP TABLE snapshots');
    other.close();
    store.save('a', aSnapshot(200));
    expect(store.load('a')).toBeNull();
    // It is said, and not again and again.
    expect(said.split(file)).toHaveLength(2);
    store.close();
  });

  it('that holds what is no JSON has no snapshot there', () => {
    const store = new SqliteSnapshotStore(file);
    store.save('a', aSnapshot(100));
    const other = new DatabaseSync(file);
    other.exec(`UPDATE snapshots SET snapshot = '{"version":1,'`);
    other.close();
    expect(store.load('a')).toBeNull();
    store.save('a', aSnapshot(200));
    expect(store.load('a')).toStrictEqual(aSnapshot(200));
    store.close();
  });
});
