import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { START } from '#event-store/event-store.js';
import { temporaryFolders } from '#event-store/testing/temporary-folder.js';
import { created, dispatched, ticketThatIs } from '#ticketing/testing/tickets.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import { GapInStream } from '#projections/projection.js';
import { SqliteViewStore } from '#view-stores/sqlite/sqlite-view-store.js';
import { CopyMoved, ViewsHalted, ViewStoreUnavailable } from '#view-stores/view-store.js';
import { AlteredLog, projectAll, startProjecting } from './testing/projecting.js';
import { project, Story } from '#projections/testing/story.js';
import { tickets } from '#projections/tickets.js';
import { ticketEntries } from '#projections/ticket-entries.js';
import { LogReplaced } from './checkpoint.js';
import { rebuild } from './consume.js';
import { LogReader } from './log-reader.js';
import { leaseOf, takeOver } from './testing/leases.js';
import { at } from './testing/checkpoints.js';

const newFolder = temporaryFolders();
let store: SqliteViewStore;
let story: Story;
beforeEach(() => {
  store = new SqliteViewStore(join(newFolder(), 'read-models.db'));
  story = new Story();
});
afterEach(() => store.close());

const note: TicketEvent = { type: 'InternalNoteAdded', data: { text: 'A note.' } };
const message: TicketEvent = { type: 'CustomerMessageAdded', data: { message: 'A message.' } };
const view = (id: string) => store.reader(tickets).get(id);
/** The expected document: the projection of the events without a store. */
const expected = async (id: string) => project(tickets, await story.events()).get(id) ?? null;

describe('projecting a log', () => {
  it('catches up with existing events, and continues live', async () => {
    await story.ticket('1', ...ticketThatIs.processing);
    await story.ticket('2', ...ticketThatIs.closed);
    const running = startProjecting(tickets, story.log, store);
    await running.reached(await story.log.headPosition());
    expect(await view('1')).toStrictEqual(await expected('1'));
    expect(await view('2')).toStrictEqual(await expected('2'));

    await story.ticket('1', message);
    await story.ticket('3', created);
    await running.reached(await story.log.headPosition());
    expect(await view('1')).toStrictEqual(await expected('1'));
    expect(await view('3')).toStrictEqual(await expected('3'));
    expect(await store.reader(tickets).checkpoint()).toBe(await story.log.headPosition());
    await running.stop();
  });

  it('is live at once if the log is empty', async () => {
    await projectAll(tickets, story.log, store);
    expect(await view('1')).toBeNull();
    expect(await store.reader(tickets).checkpoint()).toBe(START);
  });

  it('is live once it has the events from before its start, and not before', async () => {
    for (const id of ['1', '2', '3']) await story.ticket(id, created, dispatched, note);
    const log = new AlteredLog(story.log, { limit: () => 2 });
    const answers: (string | bigint)[] = [];
    const reader = store.reader(tickets);
    const reading: Promise<void>[] = [];
    const running = startProjecting(tickets, log, store, () => {
      reading.push(
        reader.checkpoint().then(
          (checkpoint) => void answers.push(checkpoint),
          (error: unknown) => void answers.push((error as Error).name),
        ),
      );
    });
    await running.reached(8n);
    await running.stop();
    await Promise.all(reading);
    const not = ViewStoreUnavailable.name;
    expect(answers).toStrictEqual([not, not, not, not, 8n]);
  });

  it('resumes at its checkpoint after a restart', async () => {
    await story.ticket('1', created, dispatched);
    const log = new AlteredLog(story.log, {});
    await projectAll(tickets, log, store);
    await story.ticket('1', message);
    await projectAll(tickets, log, store);
    await projectAll(tickets, log, store);
    expect(log.begun).toStrictEqual([START, 1n]);
    expect(await view('1')).toStrictEqual(await expected('1'));
  });

  it('advances past events of other categories', async () => {
    await story.ticket('1', created, dispatched, message, note);
    await story.engineer('bob', { type: 'EngineerDeactivated', data: { engineerId: 'bob' } });
    await projectAll(ticketEntries, story.log, store);
    expect(await store.reader(ticketEntries).checkpoint()).toBe(4n);
    expect(await store.reader(ticketEntries).get('1@note000003')).toMatchObject({ kind: 'note' });
  });

  it('reports its progress', async () => {
    await story.ticket('1', created, dispatched, note);
    const reported: unknown[] = [];
    const log = new AlteredLog(story.log, { limit: () => 2 });
    const running = startProjecting(tickets, log, store, (progress) => {
      reported.push([progress.events, progress.position]);
    });
    await running.reached(2n);
    await running.stop();
    expect(reported).toStrictEqual([
      [2, 1n],
      [1, 2n],
    ]);
  });

  it('ends on request while nothing happens', async () => {
    const running = startProjecting(tickets, story.log, store);
    await story.ticket('1', created);
    await running.reached(0n);
    await running.stop();
  });
});

describe('projecting a wrong log', () => {
  it('ignores repeated events', async () => {
    await story.ticket('1', ...ticketThatIs.closed);
    await story.ticket('2', created, message, message);
    const log = new AlteredLog(story.log, {
      limit: () => 3,
      events: (events) => events.flatMap((event) => [event, event]),
      pages: (page) => [page, page],
    });
    await projectAll(tickets, log, store);
    await projectAll(ticketEntries, log, store);
    for (const id of ['1', '2']) expect(await view(id)).toStrictEqual(await expected(id));
    const found = await store.reader(ticketEntries).find({
      where: [],
      sort: { field: 'id', descending: false },
      limit: 100,
    });
    expect(found).toHaveLength(2);
  });

  it('stops at a gap, and keeps earlier changes', async () => {
    await story.ticket('1', created, dispatched);
    await projectAll(tickets, story.log, store);
    await story.ticket('2', created);
    await story.ticket('1', message, note);
    const before = await view('1');
    const log = new AlteredLog(story.log, {
      events: (events) => events.filter(({ type }) => type !== 'CustomerMessageAdded'),
    });
    const { ended } = startProjecting(tickets, log, store);
    await expect(ended).rejects.toThrow(GapInStream);
    await expect(ended).rejects.toThrow('ticket-1 is at revision 3');
    expect(await store.reader(tickets).checkpoint()).toBe(1n);
    expect(await view('1')).toStrictEqual(before);
    expect(await view('2')).toBeNull();
    // With the complete log it continues.
    await projectAll(tickets, story.log, store);
    expect(await view('1')).toStrictEqual(await expected('1'));
  });

  it('stops at a log that ends before its checkpoint', async () => {
    await story.ticket('1', created, dispatched);
    await projectAll(tickets, story.log, store);
    const shorter = new Story();
    await shorter.ticket('1', created);
    const { ended } = startProjecting(tickets, shorter.log, store);
    await expect(ended).rejects.toThrow(LogReplaced);
    await expect(ended).rejects.toThrow('The log has no event at position 1');
    await expect(store.reader(tickets).get('1')).rejects.toThrow(ViewsHalted);
    expect((await store.status(tickets)).live?.checkpoint.position).toBe(1n);
  });

  it('stops at another log of any length', async () => {
    await story.ticket('1', created, dispatched);
    await projectAll(tickets, story.log, store);
    const other = new Story();
    for (const id of ['1', '2', '3']) await other.ticket(id, created, dispatched, message);
    const { ended } = startProjecting(tickets, other.log, store);
    await expect(ended).rejects.toThrow(LogReplaced);
    await expect(store.reader(tickets).checkpoint()).rejects.toThrow(ViewsHalted);
    // With the original log it is live again.
    await projectAll(tickets, story.log, store);
    expect(await view('1')).toStrictEqual(await expected('1'));
  });

  it('is repaired by a rebuild from the other log', async () => {
    await story.ticket('1', created, dispatched);
    await projectAll(tickets, story.log, store);
    const other = new Story();
    await other.ticket('2', created);
    await expect(startProjecting(tickets, other.log, store).ended).rejects.toThrow(LogReplaced);
    await store.requestRebuild(tickets);
    const reader = new LogReader(other.log);
    const consumer = { projection: tickets as never, store };
    const lease = await leaseOf(store, tickets);
    await rebuild(reader, consumer, lease, new AbortController().signal, {});
    expect(await view('1')).toBeNull();
    expect(await view('2')).toStrictEqual(project(tickets, await other.events()).get('2'));
  });

  it('stops if another projector writes to the same copy', async () => {
    await story.ticket('1', created);
    const slow = startProjecting(tickets, story.log, store);
    await slow.reached(0n);
    const copy = await store.openForWriting(tickets, await takeOver(store, tickets));
    await copy.write([], at(7n));
    await story.ticket('1', dispatched);
    await expect(slow.ended).rejects.toThrow(CopyMoved);
    expect(await store.reader(tickets).checkpoint()).toBe(7n);
  });
});
