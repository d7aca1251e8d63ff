import {
  closeSync,
  existsSync,
  openSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '#event-store/testing/temporary-folder.js';
import { projectAll } from '#consuming/testing/projecting.js';
import { Story } from '#projections/testing/story.js';
import { tickets } from '#projections/tickets.js';
import { created, dispatched } from '#ticketing/testing/tickets.js';
import { checkDocuments } from './layout.js';
import { SqliteViewStore } from './sqlite-view-store.js';

const newFolder = temporaryFolders();
let file: string;
let story: Story;
beforeEach(async () => {
  file = join(newFolder(), 'read-models.db');
  story = new Story();
  for (let n = 0; n < 40; n++) await story.ticket(String(n), created, dispatched);
  const store = new SqliteViewStore(file);
  await projectAll(tickets, story.log, store);
  await store.close();
});

const PAGE_BYTES = 4_096;
function overwritePage(page: number, byte: number): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.alloc(PAGE_BYTES, byte), 0, PAGE_BYTES, page * PAGE_BYTES);
  closeSync(descriptor);
}

describe('a file of documents', () => {
  it('that is intact is kept', () => {
    checkDocuments(file);
    expect(existsSync(file)).toBe(true);
  });

  it.each<[string, () => void]>([
    [
      'a zeroed page',
      () => {
        overwritePage(12, 0);
      },
    ],
    [
      'a page of other bytes',
      () => {
        overwritePage(9, 0x5a);
      },
    ],
    [
      'its first page overwritten',
      () => {
        overwritePage(0, 0x5a);
      },
    ],
    [
      'its second half cut off',
      () => {
        truncateSync(file, Math.floor(statSync(file).size / 2 / PAGE_BYTES) * PAGE_BYTES);
      },
    ],
    [
      'another text',
      () => {
        writeFileSync(file, 'Dear diary.'.repeat(1_000));
      },
    ],
  ])('with %s is removed, and rebuilt from the log', async (_, damage) => {
    damage();
    checkDocuments(file);
    expect(existsSync(file)).toBe(false);
    const store = new SqliteViewStore(file);
    await projectAll(tickets, story.log, store);
    expect(await store.reader(tickets).get('7')).not.toBeNull();
    await store.close();
  });
});
