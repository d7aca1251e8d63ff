import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { LogReader } from '#consuming/log-reader.js';
import { until } from '#test/support/until.js';
import type { RecordedEvent } from '../event-store.js';
import { streamOf } from '../testing/events.js';
import { ReplaceableLog } from '../testing/replaceable-log.js';
import { temporaryFolders } from '../testing/temporary-folder.js';
import { EventIdIndex } from './event-id-index.js';
import { KnownIds } from './known-ids.js';

const newFolder = temporaryFolders();

/** An index whose disk can be full, and that counts how often it is cleared. */
class IndexOnFullDisk extends EventIdIndex {
  isFull = false;
  cleared = 0;

  override clear(): void {
    this.cleared += 1;
    super.clear();
  }

  override add(events: readonly Pick<RecordedEvent, 'id' | 'position'>[]): void {
    if (this.isFull) throw new Error('The disk is full.');
    super.add(events);
  }
}

let log: ReplaceableLog;
let index: IndexOnFullDisk;
let ids: KnownIds;
beforeEach(() => {
  log = new ReplaceableLog();
  index = new IndexOnFullDisk(join(newFolder(), 'event-ids.db'));
  ids = new KnownIds({
    index,
    reader: new LogReader(log, { verifyIntervalMs: 20 }),
    reads: { at: (position) => log.eventAt(position) },
    feed: { reached: 0n, until: () => Promise.resolve(true) },
  });
});
afterEach(() => ids.close());

const start = () => ids.start(() => undefined);
const isKnown = (id = '') => until('the id is known', () => known(id) || null);
const known = (id: string): boolean => {
  try {
    return ids.has(id);
  } catch {
    return false;
  }
};

it('the start fails if the index cannot be written', async () => {
  await streamOf(log, 1);
  index.isFull = true;
  await expect(start()).rejects.toThrow('The disk is full.');
});

it('lookups fail while the index cannot be written, and succeed again afterwards', async () => {
  await streamOf(log, 1);
  await start();
  index.isFull = true;
  const { events } = await streamOf(log, 2);
  const id = events[1]?.id ?? '';
  await until('the index fails', () => {
    try {
      return ids.has(id) || null;
    } catch (error) {
      return (error as Error).message;
    }
  });
  expect(() => ids.has(id)).toThrow('The index of event ids cannot be used: The disk is full.');
  index.isFull = false;
  await isKnown(id);
});

it('the index is built again if the log is replaced', async () => {
  const { events } = await streamOf(log, 2);
  await start();
  expect(ids.positionOf(events[1]?.id ?? '')).toBe(1n);
  log.isReplaced = true;
  await until('the index is cleared', () => (index.cleared > 0 ? true : null));
  await isKnown(events[1]?.id);
});
