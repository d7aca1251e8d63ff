import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NO_STREAM } from '#event-store/event-store.js';
import { anEvent } from '#event-store/testing/events.js';
import { temporaryFolders } from '#event-store/testing/temporary-folder.js';
import { created, dispatched } from '#ticketing/testing/tickets.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import type { Projection } from '#projections/projection.js';
import { SqliteViewStore } from '#view-stores/sqlite/sqlite-view-store.js';
import { projectAll } from './testing/projecting.js';
import { project, Story } from '#projections/testing/story.js';
import { tickets, type TicketView } from '#projections/tickets.js';

const newFolder = temporaryFolders();
let store: SqliteViewStore;
let story: Story;
beforeEach(() => {
  store = new SqliteViewStore(join(newFolder(), 'read-models.db'));
  story = new Story();
});
afterEach(() => store.close());

const message: TicketEvent = { type: 'CustomerMessageAdded', data: { message: 'A message.' } };
const view = (id: string) => store.reader(tickets).get(id);
const expected = async (id: string) => project(tickets, await story.events()).get(id) ?? null;
const parked = async () => (await store.status(tickets)).live?.parked ?? [];

/** The projection of tickets with a bug: it fails for messages on ticket 1. */
const poisoned: Projection<TicketView> = {
  ...tickets,
  project: (before, event, id, touched) => {
    if (id === '1' && event.type === 'CustomerMessageAdded') throw new TypeError('No such thing.');
    return tickets.project(before, event, id, touched);
  },
};

describe('a poison event', () => {
  beforeEach(async () => {
    await story.ticket('1', created, dispatched, message, message);
    await story.ticket('2', created, message);
  });

  it('parks its stream at that event, and others continue', async () => {
    const before = project(tickets, (await story.events()).slice(0, 2)).get('1');
    await projectAll(poisoned, story.log, store);
    await story.ticket('1', message);
    await story.ticket('2', message);
    await projectAll(poisoned, story.log, store);
    expect(await view('1')).toStrictEqual(before);
    expect(await view('2')).toStrictEqual(await expected('2'));
    expect(await store.reader(tickets).checkpoint()).toBe(await story.log.headPosition());
    expect(await parked()).toStrictEqual([
      {
        stream: 'ticket-1',
        revision: 2,
        position: 2n,
        type: 'CustomerMessageAdded',
        error: 'No such thing.',
        retry: false,
      },
    ]);
  });

  it('is retried at the next start, with all skipped events', async () => {
    await projectAll(poisoned, story.log, store);
    await story.ticket('1', message);
    await projectAll(poisoned, story.log, store);
    await story.ticket('2', message);
    await projectAll(tickets, story.log, store);
    expect(await parked()).toStrictEqual([]);
    for (const id of ['1', '2']) expect(await view(id)).toStrictEqual(await expected(id));
    await story.ticket('1', message);
    await projectAll(tickets, story.log, store);
    expect(await view('1')).toStrictEqual(await expected('1'));
  });

  it('stays parked at its new failure, without a pending retry', async () => {
    await projectAll(poisoned, story.log, store);
    await store.requestRetry(tickets);
    expect(await parked()).toMatchObject([{ stream: 'ticket-1', retry: true }]);
    await story.ticket('2', message);
    await projectAll(poisoned, story.log, store);
    expect(await parked()).toMatchObject([{ stream: 'ticket-1', revision: 2, retry: false }]);
  });
});

describe('an event that this version does not know', () => {
  it('parks its stream, and keeps earlier changes', async () => {
    await story.ticket('1', created);
    const [last] = await story.log.readStream('ticket-1', { limit: 1 });
    const before = project(tickets, await story.events()).get('1');
    const later = anEvent({ type: 'TicketDispatched', schemaVersion: 99 });
    await story.log.append('ticket-1', last ?? NO_STREAM, [later]);
    await story.ticket('2', created);
    await projectAll(tickets, story.log, store);
    expect(await view('1')).toStrictEqual(before);
    expect(await view('2')).not.toBeNull();
    expect(await parked()).toMatchObject([{ stream: 'ticket-1', revision: 1 }]);
    expect((await parked())[0]?.error).toMatch(/TicketDispatched version 99/);
  });
});
