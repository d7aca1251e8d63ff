import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NO_STREAM, START, type RecordedEvent } from '../event-store.js';
import { HistoryDamaged, LogDamaged, requireHistory } from '../history.js';
import { anEvent, streamOf, wholeLog, wholeStream } from '../testing/events.js';
import { present } from '../testing/present.js';
import { temporaryFolders } from '../testing/temporary-folder.js';
import { SqliteEventReader } from './sqlite-event-reader.js';
import { SqliteEventStore } from './sqlite-event-store.js';

const newFolder = temporaryFolders();
let folder: string;
let reader: SqliteEventReader | null = null;
let one: string;
let other: string;

/** Two streams of three events each, of which the second event of the first has a secret. */
beforeEach(async () => {
  folder = newFolder();
  const store = await SqliteEventStore.open({ folder });
  const data = { text: `the secret ${'x'.repeat(6_000)}` };
  ({ stream: one } = await streamOf(store, 1));
  ({ stream: other } = await streamOf(store, 3));
  const head = present((await wholeStream(store, one)).at(-1));
  await store.append(one, head, [anEvent({ data }), anEvent()]);
  await store.close();
});
afterEach(async () => {
  await reader?.close();
  reader = null;
});

const inDatabase = (sql: string): void => {
  const database = new DatabaseSync(join(folder, 'events.db'));
  database.exec(sql);
  database.close();
};

/** The record with the secret is the fifth of the log. */
const SECRET = 'WHERE position = 4';

/** Overwrites a text wherever it is: SQLite leaves old copies of pages that it has split. */
function overwrite(find: string, bytes: Buffer): void {
  const file = join(folder, 'events.db');
  const content = readFileSync(file);
  const descriptor = openSync(file, 'r+');
  for (let at = content.indexOf(find); at >= 0; at = content.indexOf(find, at + 1))
    writeSync(descriptor, bytes, 0, bytes.length, at);
  closeSync(descriptor);
}

const damages: [string, () => void][] = [
  [
    'a flipped byte',
    () => {
      overwrite('the secret', Buffer.from('THE'));
    },
  ],
  [
    'bytes that are no UTF-8',
    () => {
      overwrite('the secret', Buffer.from([0xff, 0xfe, 0]));
    },
  ],
  [
    'another text',
    () => {
      inDatabase(`UPDATE events SET record = '{"a":"secret"}' ${SECRET}`);
    },
  ],
  [
    'no JSON',
    () => {
      inDatabase(`UPDATE events SET record = 'secret' ${SECRET}`);
    },
  ],
  [
    'an empty text',
    () => {
      inDatabase(`UPDATE events SET record = '' ${SECRET}`);
    },
  ],
  [
    'another hash',
    () => {
      inDatabase(`UPDATE events SET hash = zeroblob(32) ${SECRET}`);
    },
  ],
  [
    'an empty hash',
    () => {
      inDatabase(`UPDATE events SET hash = x'' ${SECRET}`);
    },
  ],
  [
    'the record of another event',
    () => {
      inDatabase(
        `UPDATE events SET record = (SELECT record FROM events WHERE position = 0) ${SECRET}`,
      );
    },
  ],
  [
    'the record and the hash of another event',
    () => {
      inDatabase(
        `UPDATE events SET (record, hash) = (SELECT record, hash FROM events WHERE position = 1) ${SECRET}`,
      );
    },
  ],
];

const damagedIn = (events: readonly RecordedEvent[]) =>
  events.filter(({ damage }) => damage !== undefined);

describe('a record in SQLite with', () => {
  it.each(damages)('%s is damaged, and all others are read', async (_, damage) => {
    damage();
    reader = new SqliteEventReader(folder);
    const log = await wholeLog(reader);
    expect(log).toHaveLength(6);
    const damaged = damagedIn(log);
    expect(damaged).toMatchObject([{ stream: one, revision: 1, position: 4n }]);
    expect(JSON.stringify(damaged, (_name, value: unknown) => String(value))).not.toMatch(
      /secret/i,
    );
    expect(await reader.eventAt(4n)).toStrictEqual(damaged[0]);
    const stream = await wholeStream(reader, one);
    expect(damagedIn(stream)).toStrictEqual(damaged);
    expect(() => {
      requireHistory(one, NO_STREAM, stream);
    }).toThrow(HistoryDamaged);
    expect(() => {
      requireHistory(one, NO_STREAM, stream);
    }).toThrow(
      `The history of ${one} is damaged: the event of revision 1 at position 4 was altered. Restore the log from a backup.`,
    );
    requireHistory(other, NO_STREAM, await wholeStream(reader, other));
  });
});

describe('a page of the file with random bytes', () => {
  it('costs its own records only', async () => {
    const store = await SqliteEventStore.open({ folder });
    for (let n = 0; n < 40; n++) await streamOf(store, 3);
    await store.close();
    const before = await (async () => {
      const intact = new SqliteEventReader(folder);
      const log = await wholeLog(intact);
      await intact.close();
      return log;
    })();
    const victim = present(before[60]);
    const page = Math.floor(
      readFileSync(join(folder, 'events.db')).indexOf(`"stream":"${victim.stream}"`) / 4_096,
    );
    const descriptor = openSync(join(folder, 'events.db'), 'r+');
    writeSync(descriptor, randomBytes(4_096), 0, 4_096, page * 4_096);
    closeSync(descriptor);
    reader = new SqliteEventReader(folder);
    const log = await wholeLog(reader);
    const damaged = damagedIn(log);
    expect(damaged.map(({ position }) => position)).toContain(victim.position);
    expect(damaged.length).toBeLessThan(20);
    for (const event of damaged) {
      const { stream, revision } = present(before[Number(event.position)]);
      expect(event).toMatchObject({ stream, revision });
    }
    expect(await reader.eventAt(victim.position)).toMatchObject({ damage: 'cannot be read' });
    const intact = log.filter(({ damage }) => damage === undefined);
    expect(intact).toStrictEqual(
      before.filter(({ position }) => !damaged.some((event) => event.position === position)),
    );
    expect(await reader.readAll({ after: START, limit: 1_000 })).toHaveLength(before.length);
    const stream = await wholeStream(reader, victim.stream);
    expect(() => {
      requireHistory(victim.stream, NO_STREAM, stream);
    }).toThrow(HistoryDamaged);
  });
});

describe('a damaged page that every stream needs', () => {
  it('is reported as damage of the log, without a record or a file', async () => {
    // The root of the index by the streams' names.
    const database = new DatabaseSync(join(folder, 'events.db'));
    const { rootpage } = database
      .prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_streams_1'`)
      .get() as { rootpage: number };
    database.close();
    const descriptor = openSync(join(folder, 'events.db'), 'r+');
    writeSync(descriptor, Buffer.alloc(4_096), 0, 4_096, (rootpage - 1) * 4_096);
    closeSync(descriptor);
    reader = new SqliteEventReader(folder);
    const read = wholeStream(reader, one);
    await expect(read).rejects.toThrow(LogDamaged);
    await expect(read).rejects.toThrow(
      'A part of the log that many histories need is damaged. Stop the service and restore the log from a backup.',
    );
  });
});

describe('the name of a stream', () => {
  it('that is damaged leaves the place of its records to the check of the log', async () => {
    inDatabase(`UPDATE streams SET name = 'another' WHERE name = '${one}'`);
    reader = new SqliteEventReader(folder);
    expect((await reader.eventAt(4n))?.stream).toBe(one);
    expect(await wholeStream(reader, one)).toEqual([]);
  });
});

describe('a missing event', () => {
  it('is noticed in its stream', async () => {
    inDatabase(`DELETE FROM events ${SECRET}`);
    reader = new SqliteEventReader(folder);
    const stream = await wholeStream(reader, one);
    expect(() => {
      requireHistory(one, NO_STREAM, stream);
    }).toThrow('the event of revision 1 at position 5 is missing');
  });
});
