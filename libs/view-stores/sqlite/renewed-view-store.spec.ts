import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConsumerRuntime } from '#consuming/consumer-runtime.js';
import { LeaseLost } from '#consuming/lease.js';
import { LogReader } from '#consuming/log-reader.js';
import { temporaryFolders } from '#event-store/testing/temporary-folder.js';
import { projections } from '#projections/all.js';
import { Story } from '#projections/testing/story.js';
import { tickets } from '#projections/tickets.js';
import { until } from '#test/support/until.js';
import { created, dispatched } from '#ticketing/testing/tickets.js';
import { ViewStoreUnavailable } from '../view-store.js';
import { RenewedViewStore } from './renewed-view-store.js';

const TICKETS = 30;
const CHECK_INTERVAL_MS = 200;
const newFolder = temporaryFolders();
let file: string;
let damages: string[];
let open: RenewedViewStore[];
/** The store of a projector, and one that only answers queries. */
let store: RenewedViewStore;
let reading: RenewedViewStore;
let runtime: ConsumerRuntime;

function newStore(): RenewedViewStore {
  const onDamage = (_: string, { message }: Error) => damages.push(message);
  const opened = new RenewedViewStore(file, { onDamage }, CHECK_INTERVAL_MS);
  open.push(opened);
  return opened;
}

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

beforeEach(async () => {
  file = join(newFolder(), 'read-models.db');
  damages = [];
  open = [];
  const story = new Story();
  for (let n = 0; n < TICKETS; n++) await story.ticket(String(n), created, dispatched);
  store = newStore();
  reading = newStore();
  runtime = new ConsumerRuntime(
    { reader: new LogReader(story.log), logger: silent },
    projections
      .filter(({ name }) => name === 'tickets')
      .map((projection) => ({ projection, store })),
  );
  await rebuilt();
});
afterEach(async () => {
  await runtime.stop();
  for (const one of open) await one.close();
});

/** The number of tickets that a store finds; null while it is unavailable. */
async function countIn(asked: RenewedViewStore): Promise<number | null> {
  try {
    const sort = { field: 'createdAt', descending: true };
    const found = await asked.reader(tickets).find({ where: [], sort, limit: 100 });
    return found.length;
  } catch (error) {
    if (error instanceof ViewStoreUnavailable) return null;
    throw error;
  }
}

/** Waits until both stores answer everything; what they answer before is never a part. */
async function rebuilt(): Promise<void> {
  for (const asked of [reading, store]) {
    await until('all tickets are found', async () => {
      const count = await countIn(asked);
      if (count !== null) expect(count).toBe(TICKETS);
      return count;
    });
  }
}

function alter(sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

/** Writes the pages of the database to its file, and overwrites them there and in the log. */
function overwritePages(): void {
  alter('PRAGMA wal_checkpoint(FULL)');
  for (const path of [file, `${file}-wal`]) {
    const descriptor = openSync(path, 'r+');
    const bytes = statSync(path).size - 4_096;
    if (bytes > 0) writeSync(descriptor, Buffer.alloc(bytes, 0x5a), 0, bytes, 4_096);
    closeSync(descriptor);
  }
  // Another connection's commit makes the others read the pages again.
  alter('PRAGMA user_version = 2');
}

/** The offset of a state in an entry of the index by state: it has no other texts before the state. */
function indexEntryIn(bytes: Buffer): number {
  const database = new DatabaseSync(file, { readOnly: true });
  const root = database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'copy_1_2'");
  const { rootpage } = root.get() as { rootpage: number };
  database.close();
  return bytes.indexOf('pending', (rootpage - 1) * 4_096);
}

describe('read models that are damaged under a running service', () => {
  it.each<[string, () => void]>([
    [
      'a document',
      () => {
        alter(`UPDATE copy_1 SET view = replace(view, 'pending', 'pendant')`);
      },
    ],
    [
      'a table',
      () => {
        alter('DROP TABLE copy_1');
      },
    ],
    ['pages', overwritePages],
    [
      'the end of the write-ahead log',
      () => {
        truncateSync(`${file}-wal`, 5_000);
      },
    ],
  ])('%s: are rebuilt by themselves, once, in every process', async (_, damage) => {
    // When
    damage();
    // Then
    await until('the damage is noticed', async () => {
      await countIn(reading);
      await countIn(store);
      return damages.length > 0 || null;
    });
    await rebuilt();
    expect(damages).toHaveLength(1);
  });

  it('are rebuilt if an index lacks a document, which no query can see', async () => {
    // When: a text in an entry of an index is altered
    alter('PRAGMA wal_checkpoint(TRUNCATE)');
    const bytes = readFileSync(file);
    const at = indexEntryIn(bytes);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    const descriptor = openSync(file, 'r+');
    writeSync(descriptor, bytes, at, 1, at);
    closeSync(descriptor);
    // Then
    await until('the damage is noticed', () => damages.length > 0 || null);
    await rebuilt();
  });

  it('are rebuilt if their write-ahead log is removed', async () => {
    rmSync(`${file}-wal`);
    await until('the damage is noticed', async () => {
      await countIn(reading);
      return damages.length > 0 || null;
    });
    await rebuilt();
    expect(damages).toHaveLength(1);
  });

  it('are rebuilt if their files are moved away, without a report of damage', async () => {
    for (const part of ['', '-wal', '-shm']) renameSync(file + part, `${file}${part}.away`);
    await until('the file is there again', async () => {
      await countIn(reading);
      return existsSync(file) || null;
    });
    await rebuilt();
    expect(damages).toEqual([]);
  });
});

describe('a lease of a file that was replaced', () => {
  it('does not open the new one', async () => {
    // Given
    const other = { ...tickets, name: 'other' };
    const lease = await store.leases.take(other, 'us', null);
    if (lease === null) throw new Error('No lease was taken.');
    alter(`UPDATE copy_1 SET view = ''`);
    await until('the damage is noticed', async () => {
      await countIn(store);
      return damages.length > 0 || null;
    });
    await rebuilt();
    // When
    const opening = store.openForWriting(other, lease);
    // Then
    await expect(opening).rejects.toThrow(LeaseLost);
  });
});
