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

describe('the snapshot file', () => {
  let file: string;
  let output: string;
  beforeEach(() => {
    file = join(newFolder(), 'snapshots.db');
    output = '';
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
      output += String(text);
      return true;
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  /** Saves a snapshot, reopens the file, and loads it. */
  const works = (): void => {
    const store = new SqliteSnapshotStore(file);
    store.save('a', aSnapshot(100));
    store.close();
    const again = new SqliteSnapshotStore(file);
    expect(again.load('a')).toStrictEqual(aSnapshot(100));
    again.close();
  };

  it('keeps snapshots across starts without output', () => {
    works();
    expect(output).toBe('');
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
    expect(output).toContain(file);
    expect(output).toContain('rebuilt from the log');
  });

  it('can fail later at the cost of the snapshot only', () => {
    const store = new SqliteSnapshotStore(file);
    store.save('a', aSnapshot(100));
    const other = new DatabaseSync(file);
    other.exec('DROP TABLE snapshots');
    other.close();
    store.save('a', aSnapshot(200));
    expect(store.load('a')).toBeNull();
    // The failure is reported once.
    expect(output.split(file)).toHaveLength(2);
    store.close();
  });

  it('with an altered text has no snapshot', () => {
    const store = new SqliteSnapshotStore(file);
    store.save('a', aSnapshot(100));
    const other = new DatabaseSync(file);
    other.exec("UPDATE snapshots SET snapshot = replace(snapshot, ':100', ':101')");
    other.close();
    expect(store.load('a')).toBeNull();
    store.close();
  });

  it('with invalid JSON has no snapshot', () => {
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
