import {
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { NO_STREAM, type EventStore } from '../event-store.js';
import { AppendsRefused, LOG_STREAM } from '../log-loss.js';
import { aStream, anEvent, someEvents, wholeLog } from '../testing/events.js';
import { temporaryFolders } from '../testing/temporary-folder.js';
import { SqliteEventStore } from './sqlite-event-store.js';

const newFolder = temporaryFolders();
const parts = ['events.db', 'events.db-wal', 'events.db-shm'];
const copyLog = (from: string, to: string) => {
  for (const name of parts) {
    rmSync(join(to, name), { force: true });
    if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name));
  }
};
const append = (store: EventStore) => store.append(aStream(), NO_STREAM, [anEvent()]);

/** The log after 3 events and after 5, as a killed process leaves it: with its write-ahead log. */
let folder: string;
let older: string;
beforeEach(async () => {
  const live = newFolder();
  folder = newFolder();
  older = newFolder();
  const store = await SqliteEventStore.open({ folder: live });
  for (let n = 0; n < 3; n++) await append(store);
  copyLog(live, older);
  for (let n = 0; n < 2; n++) await append(store);
  copyLog(live, folder);
  copyFileSync(join(live, 'acknowledged.mark'), join(folder, 'acknowledged.mark'));
  await store.close();
});

const inFolder = (name: string) => join(folder, name);
const refusalOf = async (store: EventStore): Promise<AppendsRefused> => {
  const error: unknown = await append(store).then(
    () => null,
    (refused: unknown) => refused,
  );
  expect(error).toBeInstanceOf(AppendsRefused);
  return error as AppendsRefused;
};

describe('a log without some acknowledged events', () => {
  it.each<[string, number, () => void | Promise<void>]>([
    [
      'its last commit is torn',
      1,
      () => {
        truncateSync(inFolder('events.db-wal'), readFileSync(inFolder('events.db-wal')).length - 9);
      },
    ],
    [
      'its write-ahead log was deleted',
      5,
      () => {
        rmSync(inFolder('events.db-wal'));
      },
    ],
    [
      'its write-ahead log is an older one',
      2,
      () => {
        copyFileSync(join(older, 'events.db-wal'), inFolder('events.db-wal'));
      },
    ],
    [
      'it is an older backup',
      2,
      () => {
        copyLog(older, folder);
      },
    ],
    [
      'its file is empty',
      5,
      () => {
        rmSync(inFolder('events.db-wal'));
        writeFileSync(inFolder('events.db'), '');
      },
    ],
    [
      'its file is missing',
      5,
      () => {
        for (const name of parts) rmSync(inFolder(name), { force: true });
      },
    ],
    [
      'it was exchanged for another log',
      5,
      async () => {
        const other = newFolder();
        const store = await SqliteEventStore.open({ folder: other });
        for (let n = 0; n < 9; n++) await append(store);
        await store.close();
        copyLog(other, folder);
      },
    ],
  ])('because %s refuses appends until that is accepted', async (_, lost, spoil) => {
    // Given
    await spoil();
    const refused: (string | null)[] = [];
    const onRefusal = (error: Error | null) => refused.push(error && error.message);
    let store = await SqliteEventStore.open({ folder, onRefusal });
    // Then
    const { loss, message } = await refusalOf(store);
    expect(loss).toMatchObject({ events: lost, acknowledgedPosition: '4' });
    expect(message).toMatch(
      new RegExp(`^${lost} acknowledged events are missing in the log (since|from)`),
    );
    expect(message).toMatch(/tickets log accept-loss/);
    expect(message).not.toContain(folder);
    expect(refused).toEqual([message]);
    const left = await wholeLog(store);
    await store.close();
    store = await SqliteEventStore.open({ folder, onRefusal });
    expect((await refusalOf(store)).loss).toEqual(loss);
    expect(await wholeLog(store)).toEqual(left);
    // When
    await store.append(LOG_STREAM, NO_STREAM, [anEvent({ type: 'LogLossAccepted' })]);
    // Then
    expect(store.refusal).toBeNull();
    await append(store);
    await store.close();
    store = await SqliteEventStore.open({ folder });
    await append(store);
    expect(await wholeLog(store)).toHaveLength(left.length + 3);
    await store.close();
  });

  it('takes appends again once the right log is back', async () => {
    const right = newFolder();
    copyLog(folder, right);
    copyLog(older, folder);
    let store = await SqliteEventStore.open({ folder });
    await refusalOf(store);
    await store.close();
    copyLog(right, folder);
    store = await SqliteEventStore.open({ folder });
    await append(store);
    expect(await wholeLog(store)).toHaveLength(6);
    await store.close();
  });
});

describe('a log that has every acknowledged event', () => {
  it('takes appends, also if it has more, or was copied with its mark, or has no mark yet', async () => {
    const mark = readFileSync(inFolder('acknowledged.mark'));
    for (const spoil of [
      () => undefined,
      () => {
        writeFileSync(inFolder('acknowledged.mark'), mark);
      },
      () => {
        rmSync(inFolder('acknowledged.mark'));
      },
    ]) {
      spoil();
      const store = await SqliteEventStore.open({ folder });
      await store.append(aStream(), NO_STREAM, someEvents(2));
      await store.close();
    }
  });
});

describe('a log whose last acknowledged event is damaged', () => {
  const inLog = (...statements: string[]): void => {
    const database = new DatabaseSync(inFolder('events.db'));
    for (const sql of statements) database.exec(sql);
    database.close();
  };

  it.each([
    ['its hash was altered', 'UPDATE events SET hash = zeroblob(32) WHERE position = 4'],
    [
      'its record and hash were',
      `UPDATE events SET record = '{}', hash = zeroblob(32) WHERE position = 4`,
    ],
    [
      'it has those of another event',
      'UPDATE events SET (record, hash) = (SELECT record, hash FROM events WHERE position = 2) WHERE position = 4',
    ],
  ])('because %s has not lost it, also once it is mended', async (_, damage) => {
    inLog('CREATE TABLE kept AS SELECT * FROM events', damage);
    let store = await SqliteEventStore.open({ folder });
    expect((await store.eventAt(4n))?.damage).toBe('was altered');
    expect(store.refusal).toBeNull();
    await store.close();
    inLog('INSERT OR REPLACE INTO events SELECT * FROM kept', 'DROP TABLE kept');
    store = await SqliteEventStore.open({ folder });
    await append(store);
    expect(await wholeLog(store)).toHaveLength(6);
    await store.close();
  });
});

describe('files that are removed or exchanged under an open log', () => {
  it.each<[string, () => void]>([
    [
      'the log',
      () => {
        rmSync(inFolder('events.db'));
      },
    ],
    [
      'the log, for an older one',
      () => {
        copyLog(older, folder);
      },
    ],
    [
      'the write-ahead log',
      () => {
        rmSync(inFolder('events.db-wal'));
      },
    ],
  ])('%s: no append is acknowledged, and the next start says what was lost', async (_, spoil) => {
    let store = await SqliteEventStore.open({ folder });
    await append(store);
    spoil();
    const { message, loss } = await refusalOf(store);
    expect(message).toMatch(/removed or exchanged under the running service/);
    expect(message).not.toContain(folder);
    expect(loss).toBeNull();
    // As a killed process would leave it.
    const left = newFolder();
    copyLog(folder, left);
    copyFileSync(inFolder('acknowledged.mark'), join(left, 'acknowledged.mark'));
    await store.close();
    store = await SqliteEventStore.open({ folder: left });
    expect((await refusalOf(store)).loss).not.toBeNull();
    await store.close();
  });

  it('are noticed without an append, and appends go on when they are back', async () => {
    const changes: boolean[] = [];
    let changed: () => void = () => undefined;
    const next = () => new Promise<void>((resolve) => (changed = resolve));
    const store = await SqliteEventStore.open({
      folder,
      onRefusal: (refusal) => {
        changes.push(refusal === null);
        changed();
      },
    });
    await append(store);
    let noticed = next();
    renameSync(inFolder('events.db'), inFolder('elsewhere'));
    await noticed;
    noticed = next();
    renameSync(inFolder('elsewhere'), inFolder('events.db'));
    await noticed;
    await append(store);
    expect(changes).toEqual([false, true]);
    await store.close();
  });

  it('overwritten in place by an older log are noticed before the next acknowledgement', async () => {
    // Closing a log leaves it in its one file.
    for (const each of [folder, older])
      await (await SqliteEventStore.open({ folder: each })).close();
    const store = await SqliteEventStore.open({ folder });
    writeFileSync(inFolder('events.db'), readFileSync(join(older, 'events.db')));
    expect((await refusalOf(store)).loss).toMatchObject({ events: 2 });
    await store.close();
  });
});
