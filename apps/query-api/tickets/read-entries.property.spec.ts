import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { projectAll } from '#consuming/testing/projecting.js';
import { temporaryFolders } from '#event-store/testing/temporary-folder.js';
import { Story } from '#projections/testing/story.js';
import { ticketEntries } from '#projections/ticket-entries.js';
import { created, dispatched } from '#ticketing/testing/tickets.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import { SqliteViewStore } from '#view-stores/sqlite/sqlite-view-store.js';
import { MAX_PAGE_BYTES } from '../paging.js';
import { readEntries, type EntriesQuery } from './read-entries.js';

const staff: EntriesQuery = { ticketId: '1', groups: ['message', 'note'] };
const customer: EntriesQuery = { ticketId: '1', groups: ['message'] };

const newFolder = temporaryFolders();
let store: SqliteViewStore;
let story: Story;
beforeEach(async () => {
  store = new SqliteViewStore(join(newFolder(), 'read-models.db'));
  story = new Story();
  for (const id of ['0', '1', '2']) await story.ticket(id, created, dispatched);
});
afterEach(() => store.close());

const message = (text: string): TicketEvent => ({
  type: 'CustomerMessageAdded',
  data: { message: text },
});
const note = (text: string): TicketEvent => ({ type: 'InternalNoteAdded', data: { text } });

/** The revisions of each page, from the latest to the earliest entry. */
async function pages(query: EntriesQuery, limit: number): Promise<number[][]> {
  const found: number[][] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page = await readEntries(
      store.reader(ticketEntries),
      query,
      cursor === undefined ? { limit } : { limit, cursor },
    );
    found.push(page.latestFirst.map(({ revision }) => revision));
    cursor = page.nextCursor;
  }
  return found;
}

describe('the pages of the entries of a ticket', () => {
  it('together have each entry that the reader may see once, latest first', async () => {
    const kinds: boolean[] = [];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { maxLength: 12 }),
        fc.integer({ min: 1, max: 7 }),
        async (more, limit) => {
          for (const isNote of more) {
            kinds.push(isNote);
            await story.ticket('1', isNote ? note('A note.') : message('A message.'));
            for (const other of ['0', '2']) await story.ticket(other, message('Of another.'));
          }
          await projectAll(ticketEntries, story.log, store);
          const revisions = kinds.map((isNote, index) => ({ isNote, revision: index + 2 }));
          revisions.reverse();
          const all = await pages(staff, limit);
          expect(all.flat()).toStrictEqual(revisions.map(({ revision }) => revision));
          expect(all.slice(0, -1).every(({ length }) => length === limit)).toBe(true);
          expect((await pages(customer, limit)).flat()).toStrictEqual(
            revisions.filter(({ isNote }) => !isNote).map(({ revision }) => revision),
          );
        },
      ),
      { numRuns: 15 },
    );
    expect(kinds.length).toBeGreaterThan(20);
  });

  it('are shorter if their entries are large, and have one at least', async () => {
    const half = 'x'.repeat(MAX_PAGE_BYTES / 2);
    const larger = 'x'.repeat(MAX_PAGE_BYTES + 1);
    await story.ticket('1', note('1'), message(half), note(half), message(larger), note('2'));
    await projectAll(ticketEntries, story.log, store);
    expect(await pages(staff, 10)).toStrictEqual([[6, 5], [4], [3], [2]]);
    expect(await pages(customer, 10)).toStrictEqual([[5], [3]]);
  });
});
