import { randomBytes } from 'node:crypto';
import {
  existsSync,
  openSync,
  closeSync,
  readFileSync,
  truncateSync,
  writeFileSync,
  writeSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { streamOf, wholeLog } from '../testing/events.js';
import { temporaryFolders } from '../testing/temporary-folder.js';
import { LogMark } from '../log-mark.js';
import { LogWriter } from './log-writer.js';
import { UnusableDataFile } from './schema.js';
import { SqliteEventReader } from './sqlite-event-reader.js';
import { SqliteEventStore } from './sqlite-event-store.js';

const newFolder = temporaryFolders();
let folder: string;
let file: string;
beforeEach(() => {
  folder = newFolder();
  file = join(folder, 'events.db');
});

const inDatabase = (sql: string): void => {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
};

/** Makes a log of 300 events, checkpointed into its one file. */
async function makeLog(): Promise<void> {
  const store = await SqliteEventStore.open({ folder });
  await streamOf(store, 300);
  await store.close();
  inDatabase('PRAGMA wal_checkpoint(TRUNCATE)');
}

const overwrite = (from: number, bytes: Buffer): void => {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, bytes, 0, bytes.length, from);
  closeSync(descriptor);
};

type Spoiled = [string, () => Promise<void> | void, RegExp];

const spoiled: Spoiled[] = [
  [
    'a text',
    () => {
      writeFileSync(file, 'Dear diary,\n'.repeat(1_000));
    },
    /not an SQLite database.*DATA_DIR/,
  ],
  [
    'a short text',
    () => {
      writeFileSync(file, 'events');
    },
    /not an SQLite database.*DATA_DIR/,
  ],
  [
    'random bytes',
    () => {
      writeFileSync(file, randomBytes(50_000));
    },
    /not an SQLite database.*backup/,
  ],
  [
    'a database of another program, which says so',
    () => {
      inDatabase('PRAGMA application_id = 7; CREATE TABLE notes (text TEXT)');
    },
    /another program.*DATA_DIR/,
  ],
  [
    'a database of another program, which does not say so',
    () => {
      inDatabase('CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES (1)');
    },
    /another program.*DATA_DIR/,
  ],
  [
    'a database of another program with a version',
    () => {
      inDatabase('CREATE TABLE notes (text TEXT); PRAGMA user_version = 1');
    },
    /another program.*DATA_DIR/,
  ],
  [
    'an empty database that another program has marked as its own',
    () => {
      inDatabase('PRAGMA application_id = 7');
    },
    /another program.*DATA_DIR/,
  ],
  [
    'a log of a later version',
    async () => {
      await makeLog();
      inDatabase('PRAGMA user_version = 99');
    },
    /later version \(schema 99, this one knows \d+\).*backup/,
  ],
  [
    'a log that was cut in the middle',
    async () => {
      await makeLog();
      truncateSync(file, Math.floor(statSync(file).size / 2));
    },
    /cannot be opened \(.+\).*backup/,
  ],
  [
    'a log that was cut within its header',
    async () => {
      await makeLog();
      truncateSync(file, 60);
    },
    /cannot be opened \(.+\).*backup/,
  ],
  [
    'a log with random bytes after its first page',
    async () => {
      await makeLog();
      overwrite(4_096, randomBytes(statSync(file).size - 4_096));
    },
    /cannot be opened \(.+\).*backup/,
  ],
  [
    'a log whose tables are garbage',
    async () => {
      await makeLog();
      overwrite(100, randomBytes(3_996));
    },
    /cannot be opened \(.+\).*backup/,
  ],
];

describe('a file that is not a usable log', () => {
  it.each(spoiled)('because it is %s is refused and not changed', async (_, spoil, words) => {
    await spoil();
    const before = readFileSync(file);
    const refused = { name: 'UnusableDataFile', message: expect.stringMatching(words) };

    await expect(SqliteEventStore.open({ folder })).rejects.toMatchObject(refused);
    expect(() => new LogWriter(file, new LogMark(`${file}.mark`))).toThrow(UnusableDataFile);
    expect(() => new LogWriter(file, new LogMark(`${file}.mark`))).toThrow(file);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('does not keep the folder locked', async () => {
    writeFileSync(file, 'Dear diary');
    await expect(SqliteEventStore.open({ folder })).rejects.toThrow('not an SQLite database');
    writeFileSync(file, '');
    await (await SqliteEventStore.open({ folder })).close();
  });
});

describe('a log opened for reading', () => {
  const read = () => new SqliteEventReader(folder);

  it('is refused if it does not exist, and is not created', () => {
    expect(read).toThrow(UnusableDataFile);
    expect(read).toThrow(`${file} does not exist.`);
    expect(existsSync(file)).toBe(false);
  });

  it('is refused if it is empty', () => {
    writeFileSync(file, '');
    expect(read).toThrow(/earlier version \(schema 0.*Start the service/);
  });

  it.each(spoiled)('is refused if it is %s', async (_, spoil, words) => {
    await spoil();
    const before = readFileSync(file);
    expect(read).toThrow(UnusableDataFile);
    expect(read).toThrow(words);
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

describe('a new log', () => {
  const pragma = (name: string): unknown => {
    const database = new DatabaseSync(file, { readOnly: true });
    const row = database.prepare(`PRAGMA ${name}`).get() as Record<string, unknown>;
    database.close();
    return row[name];
  };

  it('has our application id and schema version', async () => {
    await makeLog();
    expect(pragma('application_id')).toBe(Buffer.from('STEL').readUInt32BE());
    expect(pragma('user_version')).toBe(1);
    expect(pragma('journal_mode')).toBe('wal');
  });

  it('can be created in an empty file', async () => {
    writeFileSync(file, '');
    const store = await SqliteEventStore.open({ folder });
    await streamOf(store, 1);
    expect(await wholeLog(store)).toHaveLength(1);
    await store.close();
    expect(pragma('user_version')).toBe(1);
  });

  it('is completed if its creation was interrupted', async () => {
    // The journal mode is set before the tables are created.
    inDatabase('PRAGMA journal_mode = WAL');
    const store = await SqliteEventStore.open({ folder });
    await streamOf(store, 1);
    await store.close();
    expect(pragma('user_version')).toBe(1);
  });
});
