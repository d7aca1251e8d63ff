import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { START, type EventReader, type LogPage } from '#event-store/event-store.js';
import { temporaryFolders } from '#event-store/testing/temporary-folder.js';
import { created } from '#ticketing/testing/tickets.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import { SqliteViewStore } from '#view-stores/sqlite/sqlite-view-store.js';
import { startProjecting } from './testing/projecting.js';
import { Story } from '#projections/testing/story.js';
import { ticketEntries } from '#projections/ticket-entries.js';

const newFolder = temporaryFolders();
let store: SqliteViewStore;
beforeEach(() => {
  store = new SqliteViewStore(join(newFolder(), 'read-models.db'));
});
afterEach(() => store.close());

const PAGE = 500;
const note: TicketEvent = { type: 'InternalNoteAdded', data: { text: 'A note.' } };

/** Yields full pages, slowly, ten positions for every event, as a log with gaps does. */
async function* slowly(log: EventReader): AsyncGenerator<LogPage> {
  let after = START;
  for (let page = 1n; page <= 3n; page++) {
    const { events, position } = await log.readAll({ after, limit: PAGE });
    after = position;
    await pause(600);
    yield { events, position: 10n * BigInt(PAGE) * page };
  }
}

it('reports its pace in events that it reads, and in positions of the log', async () => {
  const story = new Story();
  await story.ticket('1', created, ...Array<TicketEvent>(3 * PAGE).fill(note));
  const { log } = story;
  const slow: EventReader = {
    readStream: log.readStream.bind(log),
    readAll: log.readAll.bind(log),
    countAfter: log.countAfter.bind(log),
    close: log.close.bind(log),
    headPosition: () => Promise.resolve(1_000_000n),
    subscribeToAll: () => slowly(log),
  };

  const running = startProjecting(ticketEntries, slow, store);
  await running.reached(10n * BigInt(2 * PAGE));

  const { rebuild } = await store.status(ticketEntries);
  const { eventsPerSecond, positionsPerSecond } = rebuild?.report ?? {};
  expect(eventsPerSecond).toBeGreaterThan(0);
  expect(eventsPerSecond).toBeLessThan(PAGE / 0.6);
  expect(Number(positionsPerSecond) / Number(eventsPerSecond)).toBeCloseTo(10, 1);
  await running.stop();
});
